// An empty program, but that it says how long it took to get here.
'use strict';
process.stdout.write(String(performance.now()));
