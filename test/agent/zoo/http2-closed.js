// Sessions and streams of HTTP/2 that are closed are over: what stays is the server.
const http2 = require('node:http2');

const server = http2.createServer();
server.on('stream', (stream) => {
  stream.respond({ ':status': 200 });
  stream.end('ok');
});
server.listen(0, '127.0.0.1', async () => {
  for (let n = 0; n < 3; n++) {
    const ended = new Promise((resolve) => server.once('session', (session) => session.on('close', resolve)));
    const session = http2.connect(`http://127.0.0.1:${server.address().port}`);
    const request = session.request({ ':path': '/' });
    await new Promise((resolve) => request.resume().on('close', resolve));
    await new Promise((resolve) => session.close(resolve));
    await ended;
  }
  await new Promise(setImmediate);
  globalThis.probe();
  process.exit();
});
