const { WebSocketServer } = require('ws');

const wss = new WebSocketServer({ port: Number(process.env.PORT || 8080) });

wss.on('connection', function connection(ws) {
  ws.on('error', console.error);

  ws.on('message', function message(data) {
    console.log('received: %s', data);
    ws.send(`echo ${data}`);
  });

  ws.on('close', (code) => console.log('closed %d', code));

  ws.send('something');
});
