// finds: floatingPromise 8
const { setTimeout: sleep } = require('node:timers/promises');
async function audit(user) {
  await sleep(700, user);
}
async function login(user) {
  await sleep(5);
  if (user === 'ann') audit(user);
  else await audit(user);
}
async function main() {
  await login('ann');
  await login('bob');
  await sleep(800);
}
main();
