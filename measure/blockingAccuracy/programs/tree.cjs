// A package of thousands of modules, of which each is loaded once at most, so that nothing of it is cached.
'use strict';
const { writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { threadId } = require('node:worker_threads');

const FOLDER = process.env.BLOCKING_TREE ?? '';
const MODULES = Number(process.env.BLOCKING_TREE_MODULES);
let used = 0;

/** A file that loads so many modules that were not loaded before. */
exports.partOfTree = (size) => {
  const from = used;
  used += size;
  if (used > MODULES) throw new Error(`The tree has ${MODULES} modules: ${used} are too many`);
  const path = join(FOLDER, `part-${process.pid}-${threadId}-${from}.js`);
  writeFileSync(path, `for (let i = ${from}; i < ${used}; i++) require('./module' + i + '.js');\n`);
  return path;
};
