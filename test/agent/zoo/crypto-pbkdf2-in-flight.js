// Six keys are derived by four threads: two of them wait in the queue of the pool.
const { pbkdf2 } = require('node:crypto');
const { promisify } = require('node:util');
const derive = promisify(pbkdf2);
async function main() {
  const users = ['ada', 'ben', 'cy', 'dee', 'eve', 'fay'];
  await Promise.all(users.map((user) => derive(user, 'salt', 200_000, 64, 'sha512')));
}
main();
probeAfter(20);
