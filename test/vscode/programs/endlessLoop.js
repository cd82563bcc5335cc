'use strict';
setTimeout(function spin() {
  let turns = 0;
  for (;;) turns = (turns + 1) % 7;
}, 500);
