/**
 * What programs are made to require, and all that they start with their environment: other runtimes as well, and Node
 * of any age. So this is built as ES5, loads what lies beside it (`agent.body.js` by `agent.js`) only where that can
 * run, and never throws.
 */
(function () {
  var OLDEST_NODE = 18;
  try {
    // a preloaded module stays in the cache that the program can see
    delete require.cache[__filename];
    if (typeof Deno !== 'undefined' || typeof Bun !== 'undefined') return;
    if (!(parseInt(process.versions.node, 10) >= OLDEST_NODE)) return;
    var body = __filename.replace(/\.js$/, '.body.js');
    try {
      require(body);
    } finally {
      delete require.cache[body];
    }
  } catch {
    // the program comes first: it runs as if we were not there
  }
})();
