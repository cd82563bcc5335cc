async function main() {
  await {
    then(resolve) {
      setTimeout(resolve, 1000);
    },
  };
}
main();
probeAfter(20);
