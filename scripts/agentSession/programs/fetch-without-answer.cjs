const { createServer } = require('node:http');

async function loadPrices(port) {
  const answer = await fetch(`http://127.0.0.1:${port}/prices`); // FAULT
  return answer.json();
}

const server = createServer(() => {}).listen(0, '127.0.0.1', () => loadPrices(server.address().port));
