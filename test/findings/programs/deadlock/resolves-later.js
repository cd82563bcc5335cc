// finds: nothing
let go;
const gate = new Promise((resolve) => (go = resolve));
async function one() {
  await gate;
}
async function two() {
  await one();
}
two();
setTimeout(() => go(), 400);
