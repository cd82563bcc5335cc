// An await in the default value of a destructuring.
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function main(options) {
  const { delay = await sleep(1000) } = options;
  return delay;
}
main({});
probeAfter(20);
