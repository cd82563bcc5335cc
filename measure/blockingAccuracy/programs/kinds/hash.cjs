'use strict';
const crypto = require('node:crypto');

const CHUNK = Buffer.alloc(4 << 20, 7);

exports.middle = function middle(size, done) {
  const hash = crypto.createHash('sha512');
  // blocks from here
  for (let i = 0; i < size; i++) {
    hash.update(CHUNK);
  }
  // to here
  done(hash.digest('hex'));
};

exports.last = function last(size) {
  const hash = crypto.createHash('sha512');
  for (let i = 0; i < size; i++) hash.update(CHUNK); // blocks
};
