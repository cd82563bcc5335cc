const cluster = require('node:cluster');
const http = require('node:http');

if (cluster.isPrimary) {
  for (let i = 0; i < 2; i++) cluster.fork();
  cluster.on('exit', (worker, code, signal) => console.log('worker died', code, signal));
  process.on('SIGTERM', () => cluster.disconnect(() => console.log('all workers are gone')));
} else {
  http
    .createServer((req, res) => {
      res.writeHead(200);
      res.end('hello world\n');
      if (req.url === '/dies') setTimeout(() => process.exit(4), 10);
    })
    .listen(process.env.PORT || 8000);
}
