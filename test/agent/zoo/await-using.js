// `await using` waits at the end of the block until the resource is disposed of.
// Node 24 and later
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

class Connection {
  async [Symbol.asyncDispose]() {
    await sleep(1000);
  }
}
async function main() {
  await using connection = new Connection();
  connection;
}
main();
probeAfter(20);
