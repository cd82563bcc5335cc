// `util.promisify` of a function that brings its own promise.
const { promisify } = require('node:util');
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

function query(done) {
  done(null, 1);
}
query[promisify.custom] = async function queryAsync() {
  await sleep(1000);
};
async function main() {
  await promisify(query)();
}
main();
probeAfter(20);
