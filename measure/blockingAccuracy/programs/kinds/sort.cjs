'use strict';

exports.make = (size) => Array.from({ length: size }, (_, i) => Math.sin(i));

exports.middle = function middle(numbers, done) {
  numbers.sort((a, b) => a - b); // blocks
  done(numbers[0]);
};
