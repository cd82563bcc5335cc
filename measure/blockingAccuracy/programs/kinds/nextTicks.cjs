'use strict';

exports.middle = function middle(size, done) {
  let left = size;
  // blocks from here
  const step = () => {
    if (--left === 0) return done();
    process.nextTick(step);
  };
  // to here
  step();
};
