// Required first by a program: the usual few lines that log when the loop was late.
'use strict';
const { monitorEventLoopDelay } = require('node:perf_hooks');

const THRESHOLD_MS = 100;
const LOOK_MS = 250;
const reports = (globalThis[Symbol.for('blockingAccuracy.reports')] = []);
const delay = monitorEventLoopDelay({ resolution: 10 });
const nowMs = () => performance.now() - (globalThis[Symbol.for('blockingAccuracy.began')] ?? 0);
let lookedMs = nowMs();

delay.enable();
setInterval(() => {
  const durationMs = delay.max / 1e6;
  const atMs = nowMs();
  // somewhere between the last look and this one
  if (durationMs >= THRESHOLD_MS) reports.push({ startMs: lookedMs, endMs: atMs, durationMs, stack: [] });
  lookedMs = atMs;
  delay.reset();
}, LOOK_MS).unref();
