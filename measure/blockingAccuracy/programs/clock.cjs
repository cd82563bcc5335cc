// Required before everything else: when this thread's own clock read what. The agent, which is required next, counts
// its milliseconds from then on.
'use strict';
globalThis[Symbol.for('blockingAccuracy.began')] = performance.now();
