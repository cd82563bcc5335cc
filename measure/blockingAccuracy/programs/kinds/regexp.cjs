'use strict';

/** Tries every way to cut the text in three. */
const SLOW = /a*a*c/;

exports.exponent = 3;
exports.make = (size) => 'a'.repeat(size);

exports.middle = function middle(text, done) {
  const found = SLOW.test(text); // blocks
  done(found);
};

exports.last = function last(text) {
  SLOW.test(text); // blocks
};
