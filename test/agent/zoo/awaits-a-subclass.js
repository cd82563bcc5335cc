class Request extends Promise {}
async function main() {
  await new Request((resolve) => setTimeout(resolve, 1000));
}
main();
probeAfter(20);
