// finds: unhandledRejection 6
process.on('unhandledRejection', () => {});
async function bad() {
  throw 5;
}
bad();
setTimeout(() => {}, 200);
