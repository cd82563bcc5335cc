import assert from 'node:assert/strict';
import { silentLogger } from '../../src/base/logger.js';
import { CdpError } from '../../src/cdp/cdpError.js';
import { CdpClient } from '../../src/cdp/client.js';
import { FakeClock } from '../support/fakeClock.js';
import { type Answer, ScriptedTransport, type Sent } from '../support/scriptedTransport.js';

function connect(script?: (request: Sent) => Answer): {
  transport: ScriptedTransport;
  client: CdpClient;
  clock: FakeClock;
} {
  const transport = new ScriptedTransport(script);
  const clock = new FakeClock();
  const client = new CdpClient(transport, silentLogger, {
    after: (delayMs, run) => clock.after(delayMs, run),
  });
  return { transport, client, clock };
}

function isCdpError(reason: RegExp, code?: number): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof CdpError);
    assert.equal(error.method, 'Runtime.evaluate');
    assert.match(error.reason, reason);
    assert.equal(error.code, code);
    return true;
  };
}

describe('CdpClient', () => {
  it('gives each request its own answer, in whatever order they come', async () => {
    const { transport, client } = connect();
    const first = client.send('Runtime.evaluate', { expression: '1' });
    const second = client.send('Runtime.evaluate', { expression: '2' });
    transport.receive({ id: 2, result: { result: { type: 'number', value: 2 } } });
    transport.receive({ id: 1, result: { result: { type: 'number', value: 1 } } });
    assert.equal((await first).result.value, 1);
    assert.equal((await second).result.value, 2);
  });

  it('rejects with the method and the code of the other side', async () => {
    const { client } = connect(() => ({ error: { code: -32000, message: 'no such context' } }));
    const answer = client.send('Runtime.evaluate', { expression: '1' });
    await assert.rejects(answer, isCdpError(/no such context/, -32000));
  });

  it('rejects what is open when the connection closes, and what is asked later', async () => {
    const { transport, client } = connect();
    const open = client.send('Runtime.evaluate', { expression: '1' });
    const reasons: string[] = [];
    client.onDidClose((reason) => reasons.push(reason));
    transport.close('gone');
    transport.close('gone');
    await assert.rejects(open, isCdpError(/gone/));
    await assert.rejects(client.send('Runtime.evaluate', { expression: '1' }), isCdpError(/gone/));
    assert.deepEqual(reasons, ['gone']);
    assert.ok(transport.isClosed);
  });

  it('gives up a request after its time limit and ignores the late answer', async () => {
    const { transport, client, clock } = connect();
    const answer = client.send('Runtime.evaluate', { expression: '1' }, { timeoutMs: 500 });
    const rejected = assert.rejects(answer, isCdpError(/no answer within 500 ms/));
    await clock.pass(500);
    await rejected;
    transport.receive({ id: 1, result: {} });
    assert.equal(clock.timerCount, 0);
  });

  it('stops the timer of a request that is answered', async () => {
    const { client, clock } = connect(() => ({ result: {} }));
    await client.send('Runtime.evaluate', { expression: '1' }, { timeoutMs: 500 });
    assert.equal(clock.timerCount, 0);
  });

  it('never sends over a shared connection what is not on the allow-list', async () => {
    const { transport, client } = connect();
    await assert.rejects(client.send('Debugger.disable'), /not allowed on a shared connection/);
    await assert.rejects(client.send('Debugger.setAsyncCallStackDepth', { maxDepth: 1 }), /not allowed/);
    await assert.rejects(client.send('NodeWorker.enable', { waitForDebuggerOnStart: false }), /not allowed/);
    assert.deepEqual(transport.sent, []);
  });

  it('passes events on until the listener is disposed', () => {
    const { transport, client } = connect();
    const payloads: string[] = [];
    const listener = client.on('Runtime.bindingCalled', (event) => payloads.push(event.payload));
    transport.event('Runtime.bindingCalled', { payload: 'a' });
    listener.dispose();
    transport.event('Runtime.bindingCalled', { payload: 'b' });
    assert.deepEqual(payloads, ['a']);
  });

  it('survives what is not CDP', async () => {
    const { transport, client } = connect();
    const answer = client.send('Runtime.evaluate', { expression: '1' });
    for (const text of ['', 'x', 'null', '1', '[]', '{"id":"1"}', '{"id":99,"result":{}}', '{"method":7}']) {
      transport.receive(text);
    }
    transport.receive({ id: 1, result: { result: { type: 'undefined' } } });
    assert.equal((await answer).result.type, 'undefined');
  });
});
