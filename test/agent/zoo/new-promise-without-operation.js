async function forgotten() {
  await new Promise(() => {});
}
forgotten();
probeAfter(20);
