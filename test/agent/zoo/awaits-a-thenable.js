// An awaited object with a `then` of its own waits for what that method starts.
async function main() {
  await {
    then(resolve) {
      setTimeout(resolve, 1000);
    },
  };
}
main();
probeAfter(20);
