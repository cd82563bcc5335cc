// finds: deadlock 5
let own;
async function main() {
  await null;
  await own;
}
own = main();
setTimeout(() => {}, 600);
