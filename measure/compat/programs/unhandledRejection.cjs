async function load(name) {
  await null;
  throw new TypeError(`cannot load ${name}`, { cause: new Error('the disk is gone') });
}

async function main() {
  process.on('exit', (code) => console.log('exit', code));
  const handledLate = load('a');
  setImmediate(() => handledLate.catch((error) => console.log('late', error.message)));
  process.on('rejectionHandled', () => console.log('rejectionHandled'));
  process.once('unhandledRejection', (error) => {
    console.log('unhandledRejection', error.message);
    setTimeout(load, 10, 'b');
  });
}

main();
