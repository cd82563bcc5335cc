'use strict';

/** So many live at once: enough to survive the collector's first look. */
const ALIVE = 200_000;

exports.middle = function middle(size, done) {
  const kept = new Array(ALIVE);
  // blocks from here
  for (let i = 0; i < size; i++) {
    kept[i % ALIVE] = { pair: [i, i + 1], next: { i } };
  }
  // to here
  done(kept.length);
};
