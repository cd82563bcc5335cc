'use strict';
const crypto = require('node:crypto');

exports.middle = function middle(size, done) {
  const key = crypto.pbkdf2Sync('secret', 'salt', size, 64, 'sha512'); // blocks
  done(key.length);
};

exports.last = function last(size) {
  crypto.pbkdf2Sync('secret', 'salt', size, 64, 'sha512'); // blocks
};
