// finds: slowTask 11
// slow: 500
import { createServer } from 'node:http';
import { once } from 'node:events';
const server = createServer((request, response) => setTimeout(() => response.end('late'), 1500)).listen(
  0,
  '127.0.0.1',
);
await once(server, 'listening');
async function load() {
  const answer = await fetch(`http://127.0.0.1:${server.address().port}/`);
  await answer.text();
}
await load();
server.closeAllConnections?.();
server.close();
process.exit();
