'use strict';

exports.middle = function middle(size, done) {
  let sum = 0;
  // blocks from here
  for (let i = 0; i < size; i++) {
    sum += Math.sqrt(i) % 3;
  }
  // to here
  done(sum);
};
