'use strict';

const CELLS = 20_000;

function row(start) {
  let sum = 0;
  // blocks from here
  for (let i = start; i < start + CELLS; i++) {
    sum += Math.sqrt(i) % 3;
  }
  // to here
  return sum;
}

exports.middle = function middle(size, done) {
  let sum = 0;
  for (let i = 0; i < size; i++) sum += row(i);
  done(sum);
};
