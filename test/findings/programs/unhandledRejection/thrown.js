// finds: nothing
process.on('uncaughtException', () => {});
setTimeout(() => {
  throw new Error('no promise');
}, 10);
setTimeout(() => {}, 200);
