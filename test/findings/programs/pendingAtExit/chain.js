// finds: pendingAtExit 3
async function read() {
  await new Promise(() => {});
}
async function load() {
  await read();
}
async function main() {
  await load();
}
main();
