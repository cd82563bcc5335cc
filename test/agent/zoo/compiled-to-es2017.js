// Compiled to ES2017: async functions stay as they are, `for await` became a loop over a helper.
const { __asyncValues } = require('./support/compilerHelpers.js');
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
class Shop {
  constructor() {
    this.pages = [sleep(1), sleep(1000)];
  }
  async load() {
    for (var _a = __asyncValues(this.pages), _b; (_b = await _a.next()), !_b.done;) {
      const page = _b.value;
      page === null || page === void 0 ? void 0 : page.text;
    }
  }
}
const main = async () => {
  await new Shop().load();
};
main();
probeAfter(20);
