import assert from 'node:assert/strict';
import { InspectorNoise } from '../../src/cli/inspectorNoise.js';

const ATTACHED = 'Debugger attached.\n';
const WAITING = 'Waiting for the debugger to disconnect...\n';

function pass(...chunks: string[]): string {
  const noise = new InspectorNoise(9555);
  return chunks.map((chunk) => noise.take(Buffer.from(chunk)).toString()).join('') + noise.flush().toString();
}

describe('InspectorNoise', () => {
  it('takes out what Node says, wherever it stands', () => {
    assert.equal(pass(`one${ATTACHED}two\n`, `three${WAITING}`), 'onetwo\nthree');
    assert.equal(pass(`${ATTACHED}${WAITING}`), '');
  });

  it('knows the line ends of Windows', () => {
    const noise = new InspectorNoise(9555, 'win32');
    const text = 'one\r\nDebugger attached.\r\ntwo\r\nWaiting for the debugger to disconnect...\r\n';
    assert.equal(noise.take(Buffer.from(text)).toString(), 'one\r\ntwo\r\n');
  });

  it('takes each line out once: the second is the program’s own', () => {
    assert.equal(pass(ATTACHED, ATTACHED, WAITING, WAITING), ATTACHED + WAITING);
  });

  it('finds a line that a read has cut, at every place', () => {
    const text = `one ${ATTACHED}two`;
    for (let cut = 0; cut <= text.length; cut++) {
      assert.equal(pass(text.slice(0, cut), text.slice(cut)), 'one two', `cut at ${cut}`);
    }
  });

  it('takes out where the inspector listens, and the help that follows, as each version writes it', () => {
    const address = 'Debugger listening on ws://127.0.0.1:9555/33647-54735e04\n';
    for (const page of ['en/docs/inspector', 'learn/getting-started/debugging']) {
      const help = `For help, see: https://nodejs.org/${page}\n`;
      const text = `one ${address}${help}two`;
      for (let cut = 0; cut <= text.length; cut++) {
        assert.equal(pass(text.slice(0, cut), text.slice(cut)), 'one two', `cut at ${cut}`);
      }
      assert.equal(pass(help, address), help, 'help that the program gives itself');
    }
  });

  it('leaves the inspector that the program opens itself', () => {
    const own =
      'Debugger listening on ws://127.0.0.1:9229/33647\nFor help, see: https://nodejs.org/en/docs/inspector\n';
    assert.equal(pass(own), own);
    const endless = `Debugger listening on ws://127.0.0.1:9555/${'x'.repeat(1000)}`;
    assert.equal(pass(endless, 'y'), `${endless}y`);
  });

  it('lets everything else through, byte for byte', () => {
    const noise = new InspectorNoise(9555);
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
    assert.deepEqual(Buffer.concat([noise.take(bytes), noise.flush()]), bytes);
    assert.equal(pass('Debugger', ' of mine\n', 'Wait'), 'Debugger of mine\nWait');
  });
});
