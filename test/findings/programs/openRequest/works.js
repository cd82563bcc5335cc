// finds: nothing
// slow: 400
const http = require('node:http');
const { setTimeout: sleep } = require('node:timers/promises');
async function load() {
  await sleep(700);
  await sleep(500);
  return 'ok';
}
const server = http
  .createServer(async (request, response) => {
    response.end(await load());
  })
  .listen(0, '127.0.0.1', () => {
    http.get({ port: server.address().port, host: '127.0.0.1', path: '/a', agent: false }, (answer) => {
      answer.resume();
      server.close();
    });
  });
