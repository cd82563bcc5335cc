'use strict';
const { execSync } = require('node:child_process');

/** Blocks for 300 ms, again and again; once, on request, in a native call. */
function grind(untilMs) {
  let turns = 0;
  while (Date.now() < untilMs) turns = (turns + 1) % 7;
  return turns;
}

function waitForShell() {
  execSync('sleep 3');
}

setInterval(function often() {
  grind(Date.now() + 300);
}, 800);

if (process.argv.includes('--native')) setTimeout(waitForShell, 500);
