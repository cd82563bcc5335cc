// finds: openRequest 9
// finds in 18: openRequest nowhere
// slow: 400
const http = require('node:http');
const handle = (request, response) => {
  if (request.url === '/') response.end();
};
const server = http.createServer(handle);
server.listen(0, '127.0.0.1', () => {
  http
    .get({ port: server.address().port, host: '127.0.0.1', path: '/orders', agent: false }, () => {})
    .on('error', () => {});
  setTimeout(() => server.closeAllConnections?.() ?? process.exit(), 1300);
  setTimeout(() => process.exit(), 1400);
});
