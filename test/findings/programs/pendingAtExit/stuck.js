// finds: pendingAtExit 3
async function stuck() {
  await new Promise(() => {});
}
stuck();
