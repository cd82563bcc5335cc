// A promise that nothing will ever settle has nothing below it.
async function forgotten() {
  await new Promise(() => {});
}
forgotten();
probeAfter(20);
