import { createServer } from 'node:http';
import { once } from 'node:events';
import { Agent, fetch, request } from 'undici';

const server = createServer((req, res) => {
  res.setHeader('content-type', 'application/json');
  res.end(JSON.stringify({ method: req.method, url: req.url }));
});
server.listen(0);
await once(server, 'listening');
const url = `http://localhost:${server.address().port}/foo`;

const { statusCode, headers, trailers, body } = await request(url);
console.log('response received', statusCode, headers['content-type']);
for await (const data of body) console.log('data', data.toString());
console.log('trailers', trailers);

const answers = await Promise.all(
  Array.from({ length: 50 }, async (_, i) => (await fetch(`${url}/${i}`, { method: 'POST', body: 'x' })).json()),
);
console.log(answers.map((each) => each.url).join(' '));

const builtIn = await globalThis.fetch(url);
console.log(builtIn.status, await builtIn.text());

const controller = new AbortController();
controller.abort();
await request(url, { signal: controller.signal }).catch((error) => console.log(error.name));
await fetch('http://localhost:1').catch((error) => console.log(error.message, error.cause.code));

const dispatcher = new Agent();
await (await request(url, { dispatcher })).body.dump();
await dispatcher.close();
server.close();
