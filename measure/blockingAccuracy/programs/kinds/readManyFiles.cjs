'use strict';
const fs = require('node:fs');

exports.middle = function middle(size, done) {
  let read = 0;
  // blocks from here
  for (let i = 0; i < size; i++) {
    read += fs.readFileSync(__filename, 'utf8').length;
  }
  // to here
  done(read);
};
