import assert from 'node:assert/strict';
import { readHello } from '../../src/model/wire/wireReader.js';
import { PollReader, LOOKING } from '../support/agentPolls.js';
import { preloadedAgent } from '../support/builtAgent.js';
import { forEachNode } from '../support/nodeVersions.js';
import { runProgram } from '../support/runProgram.js';

/**
 * Opens a server with a connection, a UDP socket, a watcher, a file and two timers without the agent, which then comes,
 * and prints what the agent says at once, and once the file was opened and the rest was closed.
 */
const PROGRAM = `${LOOKING}
  const { createSocket } = require('node:dgram');
  const { once } = require('node:events');
  const { stat, watch } = require('node:fs');
  const { connect, createServer } = require('node:net');
  const told = { early: agent.connect(settings) };
  agent.stop();
  const accepted = [];
  const server = createServer((socket) => accepted.push(socket));
  const udp = createSocket('udp4');
  server.listen(0, '127.0.0.1', () => udp.bind(0, '127.0.0.1', async () => {
    const socket = connect(server.address().port, '127.0.0.1');
    await Promise.all([once(server, 'connection'), once(socket, 'connect')]);
    await new Promise(setImmediate);
    const watcher = watch(__dirname);
    const timers = [setTimeout(() => {}, 100_000), setInterval(() => {}, 100_000)];
    setTimeout(() => {}, 100_000).unref();
    stat(__filename, () => setImmediate(() => {
      for (const one of [server, udp, watcher]) one.close();
      for (const one of [socket, ...accepted]) one.destroy();
      timers.forEach(clearTimeout);
      setImmediate(() => setImmediate(() => {
        told.last = look();
        process.stdout.write(JSON.stringify(told), () => process.exit());
      }));
    }));
    told.late = agent.connect(settings);
    told.first = look();
  }));
`;

interface Told {
  early: string;
  late: string;
  first: string[];
  last: string[];
}

describe('What is older than the agent', () => {
  forEachNode((node) => {
    it('is shown where Node can name it, once each, until it ends', async () => {
      const { stdout, stderr } = await runProgram(
        node.path,
        ['--pending-deprecation'],
        { 'main.js': PROGRAM },
        preloadedAgent(),
      );
      assert.equal(stderr, '');
      const told = JSON.parse(stdout) as Told;
      const early = readHello(JSON.parse(told.early));
      assert.deepEqual([early.late, early.olderTimers, early.program], [false, undefined, 'main.js']);
      const late = readHello(JSON.parse(told.late));
      assert.deepEqual([late.late, late.olderTimers, late.program], [true, 2, 'main.js']);
      const reader = new PollReader();
      const first = reader.read(told.first).flatMap(({ entries }) => entries);
      const older = first.filter(({ kind, bornMs }) => kind === 'resource' && bornMs === 0);
      const types = ['FSEVENTWRAP', 'FSREQCALLBACK', 'TCPSERVERWRAP', 'TCPWRAP', 'TCPWRAP', 'UDPWRAP'];
      assert.deepEqual(older.map(({ type }) => type).sort(), types);
      const last = reader.read(told.last);
      const ended = new Set(last.flatMap((poll) => poll.ended));
      assert.deepEqual(
        older.filter(({ id }) => !ended.has(id)),
        [],
      );
      const again = last.flatMap(({ entries }) => entries).filter(({ type }) => types.includes(type));
      assert.deepEqual(again, []);
    });
  });
});
