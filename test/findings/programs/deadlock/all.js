// finds: deadlock 5
let own;
async function main() {
  await null;
  await Promise.all([own]);
}
own = main();
setTimeout(() => {}, 600);
