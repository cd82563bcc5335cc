'use strict';
const { writeFileSync } = require('node:fs');

const [, , file] = process.argv;
const agent = Symbol.for('nodejs.asyncDebugger.agent') in globalThis;
writeFileSync(file, JSON.stringify({ options: process.env.NODE_OPTIONS ?? '', agent }));
