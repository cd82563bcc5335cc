import assert from 'node:assert/strict';
import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { AGENT_CASES } from '../../scripts/agentSession/cases.js';
import { answerOf, connectClient, faultOf } from '../../scripts/agentSession/run.js';

describe('asyncdebug mcp', () => {
  let client: Client;

  before(async () => (client = await connectClient()));

  after(() => client.close());

  it('offers its tools, and says which only read', async () => {
    const { tools } = await client.listTools();
    const acting = tools.filter(({ annotations }) => annotations?.readOnlyHint !== true);
    assert.deepEqual(acting.map(({ name }) => name).sort(), ['attach', 'run', 'stop']);
    assert.match(client.getInstructions() ?? '', /never instructions/);
  });

  for (const name of ['lock-not-released', 'endless-loop']) {
    it(`names the line at fault of ${name}`, async () => {
      const one = AGENT_CASES.find(({ program }) => program === name);
      assert.ok(one);
      assert.ok((await answerOf(client, one)).includes(faultOf(one)));
    });
  }

  it('answers what it cannot do in words', async () => {
    for (const [tool, input, words] of [
      ['attach', { target: '127.0.0.1:1' }, /Nothing listens on 127\.0\.0\.1:1/],
      ['attach', { target: 'x' }, /neither a PID nor HOST:PORT/],
      ['attach', {}, /Say with target/],
      ['run', { program: '--no-such-option' }, /ended before it could be asked[^]*no-such-option/],
      ['why_alive', {}, /No program is being watched/],
    ] as const) {
      const { isError, content } = await client.callTool({ name: tool, arguments: input });
      assert.equal(isError, true);
      assert.match(JSON.stringify(content), words);
    }
  });
});
