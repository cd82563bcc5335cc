// finds: deadlock 4
// node: --expose-gc
async function sendMail() {
  await new Promise(() => {});
}
async function main() {
  await sendMail();
}
main();
setTimeout(() => globalThis.gc(), 300);
setTimeout(() => {}, 900);
