// keeps: 4
// keeps in 18: nowhere
const http = require('node:http');
http.createServer(() => {}).listen(0, '127.0.0.1');
