// keeps: 3
const http = require('node:http');
http.createServer(() => {}).listen(0, '127.0.0.1');
