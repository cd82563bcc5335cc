'use strict';
const { execSync } = require('node:child_process');

exports.isExact = true;
exports.make = (ms) => `sleep ${ms / 1_000}`;

exports.middle = function middle(command, done) {
  const output = execSync(command); // blocks
  done(output.length);
};

exports.last = function last(command) {
  execSync(command); // blocks
};
