const readline = require('node:readline');

async function main() {
  const lines = readline.createInterface({ input: process.stdin });
  let count = 0;
  for await (const line of lines) console.log(++count, line.toUpperCase());
  process.exitCode = count;
}

main();
