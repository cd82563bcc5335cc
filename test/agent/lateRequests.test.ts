import assert from 'node:assert/strict';
import { PollReader, LOOKING } from '../support/agentPolls.js';
import { preloadedAgent } from '../support/builtAgent.js';
import { forEachNode } from '../support/nodeVersions.js';
import { runProgram } from '../support/runProgram.js';

/**
 * Sends requests over a connection that was made without the agent, and prints what the agent says to a host of the last
 * one, while it is handled and once it is answered, and how many answers of the others can be collected before a poll.
 */
const PROGRAM = `${LOOKING}
  const { createServer } = require('node:http');
  const { connect } = require('node:net');
  const answers = [];
  let held;
  const server = createServer((request, response) => {
    answers.push(new WeakRef(response));
    if (request.url === '/held') held = response;
    else response.end();
  });
  agent.stop();
  server.listen(0, '127.0.0.1', () => {
    const socket = connect(server.address().port, '127.0.0.1');
    const ask = (path) => socket.write('GET ' + path + ' HTTP/1.1\\r\\nHost: here\\r\\n\\r\\n');
    let answered = 0;
    ask('/');
    socket.on('data', () => {
      if (++answered === 1) agent.connect(settings);
      if (answered === 11) setTimeout(ended, 1);
      else if (answered < 10) ask('/');
      else {
        ask('/held');
        setTimeout(waiting, 100);
      }
    });
    const told = {};
    function waiting() {
      globalThis.gc();
      told.collected = answers.filter((answer) => answer.deref() === undefined).length;
      told.waiting = look();
      held.end();
    }
    function ended() {
      told.ended = look();
      process.stdout.write(JSON.stringify(told), () => process.exit());
    }
  });
`;

describe('Requests on a connection that is older than the agent', () => {
  forEachNode((node) => {
    it('end at the poll after they were answered', async () => {
      const env = preloadedAgent();
      const { stdout, stderr } = await runProgram(node.path, ['--expose-gc'], { 'main.js': PROGRAM }, env);
      assert.equal(stderr, '');
      const told = JSON.parse(stdout) as Record<'waiting' | 'ended', string[]> & { collected: number };
      const reader = new PollReader();
      const waiting = reader.read(told.waiting).flatMap(({ entries }) => entries);
      const requests = waiting.filter(({ type }) => type === 'HTTPSERVERREQUEST');
      assert.deepEqual(
        requests.map(({ detail }) => detail?.path),
        ['/held'],
      );
      const ended = reader.read(told.ended).flatMap((poll) => poll.ended);
      assert.ok(ended.includes(requests[0]?.id ?? 0), `${requests[0]?.id} in ${ended.join(' ')}`);
      assert.ok(told.collected >= 8, `${told.collected} of 10 collected`);
    });
  });
});
