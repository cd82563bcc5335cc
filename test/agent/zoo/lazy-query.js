// A query as database libraries have it: an object that begins its work only when `then` is called.
class Query {
  then(resolve, reject) {
    return this.run().then(resolve, reject);
  }
  async run() {
    await this.connection();
  }
  connection() {
    return new Promise((resolve) => setTimeout(resolve, 1000));
  }
}
async function awaits() {
  const rows = await new Query();
  return rows;
}
async function returns() {
  return new Query();
}
async function main() {
  await Promise.all([awaits(), returns()]);
}
main();
probeAfter(20);
