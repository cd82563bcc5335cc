// A reader of a web stream that gives nothing.
async function main() {
  const reader = new ReadableStream().getReader();
  await reader.read();
}
main();
probeAfter(20);
