import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { UserError } from '../../src/base/userError.js';
import { TOO_LARGE } from '../../src/cdp/transport.js';
import { connectWebSocket } from '../../src/cdp/webSocketTransport.js';

describe('connectWebSocket', () => {
  it('sends, receives, and tells when the other side is gone', async () => {
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    await once(server, 'listening');
    server.on('connection', (socket) => {
      socket.on('message', (data) =>
        (data as Buffer).toString() === 'finalUpdate' ? socket.terminate() : socket.send(data),
      );
    });
    try {
      const { port } = server.address() as AddressInfo;
      const transport = await connectWebSocket(`ws://127.0.0.1:${port}/`, 5000);
      const echoed = new Promise((resolve) => transport.onMessage(resolve));
      transport.send('hello');
      assert.equal(await echoed, 'hello');
      const closed = new Promise((resolve) => transport.onDidClose(resolve));
      transport.send('finalUpdate');
      assert.equal(await closed, 'connection closed');
      transport.send('to nobody');
      transport.dispose();
    } finally {
      server.close();
    }
  });

  it('closes with a word at a message that is too large', async () => {
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    await once(server, 'listening');
    server.on('connection', (socket) => {
      socket.on('message', () => socket.send(Buffer.alloc(65 * 1024 * 1024)));
    });
    try {
      const { port } = server.address() as AddressInfo;
      const transport = await connectWebSocket(`ws://127.0.0.1:${port}/`, 5000);
      const closed = new Promise((resolve) => transport.onDidClose(resolve));
      transport.send('more');
      assert.equal(await closed, TOO_LARGE);
      transport.dispose();
    } finally {
      server.close();
    }
  });

  it('rejects with words for people where nobody listens', async () => {
    await assert.rejects(connectWebSocket('ws://127.0.0.1:1/', 1000), (error) => {
      assert.ok(error instanceof UserError);
      assert.match(error.message, /ws:\/\/127\.0\.0\.1:1\/ cannot be reached/);
      return true;
    });
  });
});
