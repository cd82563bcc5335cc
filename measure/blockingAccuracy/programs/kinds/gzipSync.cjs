'use strict';
const crypto = require('node:crypto');
const zlib = require('node:zlib');

/** Longer than what the compressor looks back. */
const TEXT = Buffer.from(crypto.randomBytes(1 << 16).toString('hex'));

exports.make = (size) => Buffer.alloc(size << 12, TEXT);

exports.middle = function middle(bytes, done) {
  const packed = zlib.gzipSync(bytes); // blocks
  done(packed.length);
};

exports.last = function last(bytes) {
  zlib.gzipSync(bytes); // blocks
};
