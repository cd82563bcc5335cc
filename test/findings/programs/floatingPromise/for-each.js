// finds: floatingPromise 7
const { setTimeout: sleep } = require('node:timers/promises');
async function save(order) {
  await sleep(600 + order);
}
async function processOrders(orders) {
  orders.forEach(async (order) => {
    await save(order);
  });
}
async function main() {
  await processOrders([1, 2, 3]);
  await sleep(900);
}
main();
