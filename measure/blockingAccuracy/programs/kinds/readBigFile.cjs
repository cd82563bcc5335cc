'use strict';
const fs = require('node:fs');

exports.middle = function middle(size, done) {
  let read = 0;
  // blocks from here
  for (let i = 0; i < size; i++) {
    read += fs.readFileSync(process.execPath).length;
  }
  // to here
  done(read);
};

exports.last = function last(size) {
  for (let i = 0; i < size; i++) fs.readFileSync(process.execPath); // blocks
};
