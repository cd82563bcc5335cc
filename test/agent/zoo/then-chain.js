// A chain of `then`, `catch` and `finally` leads back to its first promise.
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

sleep(1000)
  .then(() => 1)
  .catch(() => 2)
  .finally(() => 3);
probeAfter(20);
