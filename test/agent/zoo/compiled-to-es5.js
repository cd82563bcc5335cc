// Compiled to ES5: async functions became state machines, so there is no task, only a chain of promises.
const { __awaiter, __generator } = require('./support/compilerHelpers.js');
const sleep = function (ms) {
  return new Promise(function (resolve) {
    setTimeout(resolve, ms);
  });
};
function query() {
  return __awaiter(this, void 0, void 0, function () {
    return __generator(this, function (_a) {
      switch (_a.label) {
        case 0:
          return [4 /*yield*/, sleep(1000)];
        default:
          _a.sent();
          return [2 /*return*/];
      }
    });
  });
}
function page() {
  return __awaiter(this, void 0, void 0, function () {
    return __generator(this, function (_a) {
      switch (_a.label) {
        case 0:
          return [4 /*yield*/, query()];
        default:
          _a.sent();
          return [2 /*return*/];
      }
    });
  });
}
page();
probeAfter(20);
