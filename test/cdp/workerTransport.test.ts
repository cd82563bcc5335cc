import assert from 'node:assert/strict';
import { silentLogger } from '../../src/base/logger.js';
import { CdpClient } from '../../src/cdp/client.js';
import { WorkerTransport } from '../../src/cdp/workerTransport.js';
import { ScriptedTransport } from '../support/scriptedTransport.js';

function workerOf(transport: ScriptedTransport, sessionId: string): WorkerTransport {
  const client = new CdpClient(transport, silentLogger, { connection: 'direct' });
  return new WorkerTransport(client, sessionId, (error) => assert.fail(String(error)));
}

describe('WorkerTransport', () => {
  it('carries messages inside messages, of its own worker only', () => {
    const outer = new ScriptedTransport();
    const worker = workerOf(outer, '1');
    const received: string[] = [];
    worker.onMessage((message) => received.push(message));
    worker.send('to the worker');
    outer.event('NodeWorker.receivedMessageFromWorker', { sessionId: '2', message: 'not mine' });
    outer.event('NodeWorker.receivedMessageFromWorker', { sessionId: '1', message: 'mine' });
    assert.deepEqual(outer.sent[0]?.params, { sessionId: '1', message: 'to the worker' });
    assert.deepEqual(received, ['mine']);
  });

  it('closes with its worker and with the connection', () => {
    for (const end of ['worker', 'connection']) {
      const outer = new ScriptedTransport();
      const worker = workerOf(outer, '1');
      const reasons: string[] = [];
      worker.onDidClose((reason) => reasons.push(reason));
      if (end === 'worker') outer.event('NodeWorker.detachedFromWorker', { sessionId: '1' });
      outer.close('gone');
      assert.deepEqual(reasons, [end === 'worker' ? 'the worker ended' : 'gone']);
    }
  });
});
