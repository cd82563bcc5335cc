const { execFile, exec, fork, spawn, spawnSync } = require('node:child_process');
const { once } = require('node:events');
const { promisify } = require('node:util');

if (process.argv[2] === 'child') {
  process.on('message', async (message) => {
    await null;
    process.send({ echo: message }, () => process.exit(3));
  });
} else {
  main();
}

async function main() {
  const forked = fork(__filename, ['child']);
  forked.send({ hello: 'world' });
  console.log((await once(forked, 'message'))[0]);
  console.log('forked', await once(forked, 'exit'));

  const script = 'process.stdin.pipe(process.stdout); process.on("exit", () => console.error("finalUpdate"))';
  const spawned = spawn(process.execPath, ['-e', script]);
  spawned.stdin.end('through a pipe\n');
  spawned.stdout.pipe(process.stdout);
  let complaint = '';
  spawned.stderr.on('data', (data) => (complaint += data));
  console.log('spawned', await once(spawned, 'close'), complaint);

  console.log(await promisify(execFile)(process.execPath, ['-p', '[1, 2].map(String)']));
  await promisify(exec)('exit 7').catch((error) => console.log('exec', error.code));
  console.log(spawnSync(process.execPath, ['-e', 'console.log(1); process.exit(5)']).status);

  const stuck = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  stuck.kill('SIGTERM');
  console.log('killed', await once(stuck, 'exit'));
}
