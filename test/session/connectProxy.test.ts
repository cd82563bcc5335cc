import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { silentLogger } from '../../src/base/logger.js';
import { Debuggee } from '../../src/model/debuggee.js';
import { connectProxy, type ProxyAddress } from '../../src/session/connectProxy.js';
import { systemClock } from '../../src/session/systemClock.js';
import { ScriptedAgent } from '../support/scriptedAgent.js';
import { until } from '../support/until.js';
import { entry, plainSites } from '../support/wire.js';

/** A debugger's proxy in front of a program. */
async function proxy(task: string): Promise<{ server: WebSocketServer; address: ProxyAddress }> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  server.on('connection', (socket) => {
    const agent = new ScriptedAgent();
    agent.polls.push({ entries: [entry(1, task)] });
    agent.transport.onMessage((text) => socket.send(text));
    socket.on('message', (data) => agent.transport.send((data as Buffer).toString()));
  });
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { server, address: { host: '127.0.0.1', port, path: '/id' } };
}

function connect(address: () => Promise<ProxyAddress | undefined>) {
  const debuggee = new Debuggee({ session: 's1', name: 'shop' }, plainSites);
  const options = { settings: { thresholdMs: 0, siteBudget: 0 }, pollMs: 20, agentVersion: '0.1.0' };
  return connectProxy(address, debuggee, options, systemClock, silentLogger);
}

describe('connectProxy', () => {
  const servers: WebSocketServer[] = [];

  afterEach(() => {
    for (const server of servers.splice(0)) {
      for (const socket of server.clients) socket.terminate();
      server.close();
    }
  });

  it('gives nothing where there is no address', async () => {
    assert.equal(await connect(() => Promise.resolve(undefined)), undefined);
  });

  it('rejects when nobody listens', async () => {
    const { server, address } = await proxy('first');
    server.close();
    await once(server, 'close');
    await assert.rejects(
      connect(() => Promise.resolve(address)),
      /cannot be reached/,
    );
  });

  it('asks for the address again when the connection is lost', async () => {
    const first = await proxy('first');
    const second = await proxy('second');
    servers.push(first.server, second.server);
    const addresses = [first.address, undefined, second.address];
    const session = await connect(() => Promise.resolve(addresses.shift()));
    assert.ok(session);
    const shows = (name: string) => () =>
      session.debuggee.snapshot(systemClock.nowMs()).tasks[0]?.name === name || undefined;
    try {
      await session.start();
      await until('the first task', shows('first'));
      for (const socket of first.server.clients) socket.terminate();
      await until('the task of the second connection', shows('second'));
      assert.equal(addresses.length, 0);
    } finally {
      session.dispose();
    }
  });
});
