// Which instance of a subclass of Promise is awaited is not known, so its timer stands beside the task.
class Request extends Promise {}
async function main() {
  await new Request((resolve) => setTimeout(resolve, 1000));
}
main();
probeAfter(20);
