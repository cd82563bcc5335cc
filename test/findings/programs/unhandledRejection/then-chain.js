// finds: unhandledRejection 3
process.on('unhandledRejection', () => {});
Promise.resolve(1).then(() => {
  throw new TypeError('in then');
});
setTimeout(() => {}, 200);
