// Two functions that await each other in turns are one chain of calls.
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function even(n) {
  await (n === 0 ? sleep(1000) : odd(n - 1));
}
async function odd(n) {
  await even(n - 1);
}
even(2);
probeAfter(20);
