// Compiled to ES2015: async functions became generators, so there is no task, only a chain of promises.
const { __awaiter } = require('./support/compilerHelpers.js');
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
function query() {
  return __awaiter(this, void 0, void 0, function* () {
    yield sleep(1000);
  });
}
function page() {
  return __awaiter(this, void 0, void 0, function* () {
    yield query();
  });
}
page();
probeAfter(20);
