// Middleware that calls the next one waits for all that follow.
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const middleware = [
  async function logs(next) {
    await next();
  },
  async function checksUser(next) {
    await next();
  },
  async function answers() {
    await sleep(1000);
  },
];
const call = (i) => Promise.resolve(middleware[i](() => call(i + 1)));
call(0);
probeAfter(20);
