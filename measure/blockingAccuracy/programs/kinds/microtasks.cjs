'use strict';

exports.middle = async function middle(size, done) {
  // blocks from here
  for (let i = 0; i < size; i++) {
    await step(i);
  }
  // to here
  done();
};

// blocks from here
async function step(i) {
  return i;
}
// to here
