// Two tasks that wait for each other never end.
const tasks = {};
async function takeMoney() {
  await null;
  await tasks.sendGoods;
}
async function sendGoods() {
  await null;
  await tasks.takeMoney;
}
tasks.takeMoney = takeMoney();
tasks.sendGoods = sendGoods();
probeAfter(20);
