import assert from 'node:assert/strict';
import { PollReader, LOOKING } from '../support/agentPolls.js';
import { preloadedAgent } from '../support/builtAgent.js';
import { nodesUnderTest } from '../support/nodeVersions.js';
import { runProgram } from '../support/runProgram.js';

/** Makes one of each, has the agent end them all, and prints what it was told and what the program has noticed. */
const PROGRAM = `${LOOKING}
  const { watch } = require('node:fs');
  const { connect, createServer } = require('node:net');
  const { spawn } = require('node:child_process');
  const { Worker } = require('node:worker_threads');
  const noticed = [];
  const notice = (name) => () => noticed.push(name);
  const timer = setTimeout(notice('timer has run'), 1_500);
  const watcher = watch(__dirname).on('close', notice('watcher closed'));
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']).on('exit', notice('child exited'));
  const worker = new Worker('setInterval(() => {}, 1000)', { eval: true }).on('exit', notice('worker exited'));
  const server = createServer((peer) => peer.on('error', () => {})).on('close', notice('server closed'));
  server.listen(0, '127.0.0.1', () => {
    const socket = connect(server.address().port, '127.0.0.1').on('close', notice('socket closed'));
    socket.on('connect', () => worker.once('online', () => setTimeout(end, 200)));
  });
  let texts = [];
  const answers = {};
  function end() {
    texts = look();
    for (let id = 1; id < 400; id++) answers[id] = agent.endResource(id);
    setTimeout(() => {
      process.stdout.write(JSON.stringify({ texts, answers, noticed, again: agent.endResource(1e9) }), () => process.exit());
    }, 1_500);
  }
`;

interface Told {
  texts: string[];
  answers: Record<string, boolean>;
  noticed: string[];
  again: boolean;
}

describe('What a person asks the agent to end', () => {
  for (const node of nodesUnderTest().filter(({ major }) => major === 18 || major === 24))
    it(`ends on Node ${node.major} as the program itself would end it, and what is over is not ended again`, async () => {
      const { stdout } = await runProgram(node.path, [], { 'main.js': PROGRAM }, preloadedAgent());
      const { texts, answers, noticed, again } = JSON.parse(stdout) as Told;
      const entries = new PollReader().read(texts).flatMap((poll) => poll.entries);
      for (const type of ['Timeout', 'FSEVENTWRAP', 'PROCESSWRAP', 'WORKER', 'TCPSERVERWRAP', 'TCPWRAP']) {
        const ids = entries.filter((entry) => entry.type === type).map(({ id }) => id);
        assert.ok(
          ids.some((id) => answers[id] === true),
          type,
        );
      }
      assert.deepEqual(
        ['child exited', 'server closed', 'socket closed', 'watcher closed', 'worker exited'].filter(
          (one) => !noticed.includes(one),
        ),
        [],
      );
      assert.ok(!noticed.includes('timer has run'));
      assert.equal(again, false);
    });
});
