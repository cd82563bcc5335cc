// Two requests at the same time: each has the task of its own handler.
const net = require('node:net');
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function cart() {
  await sleep(1000);
}
async function orders() {
  probeAfter(100);
  await sleep(2000);
}
const pages = { '/cart': cart, '/orders': orders };
const server = require('node:http').createServer(async function handle(request) {
  await pages[request.url]();
});
server.listen(0, '127.0.0.1', () => {
  for (const path of Object.keys(pages))
    net.connect(server.address().port, '127.0.0.1').write(`GET ${path} HTTP/1.1\r\nHost: shop\r\n\r\n`);
});
