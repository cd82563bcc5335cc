// Keeps one processor busy for a while.
'use strict';
const untilMs = performance.now() + Number(process.argv[2]);
while (performance.now() < untilMs);
