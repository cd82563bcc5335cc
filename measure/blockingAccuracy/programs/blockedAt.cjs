// Required first by a program: what the package blocked-at says of its blocks.
'use strict';
const blockedAt = require(process.env.BLOCKING_PEER);

const THRESHOLD_MS = 100;
const reports = (globalThis[Symbol.for('blockingAccuracy.reports')] = []);

blockedAt(
  (durationMs, stack) => {
    const endMs = performance.now() - globalThis[Symbol.for('blockingAccuracy.began')];
    reports.push({ startMs: endMs - durationMs, durationMs, stack });
  },
  { threshold: THRESHOLD_MS },
);
