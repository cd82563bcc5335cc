import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { executable, takesSignal } from '../../src/cli/processImage.js';
import { listeningPorts, portsOfLsof, portsOfNetstat } from '../../src/cli/processPorts.js';
import { until } from '../support/until.js';

/** Programs of another system, as scripts that print what those print. */
class FakeSystem {
  private readonly folder = mkdtempSync(join(tmpdir(), 'nad-system-'));
  private readonly path = process.env['PATH'];

  constructor(programs: Record<string, string>) {
    for (const [name, output] of Object.entries(programs)) {
      const file = join(this.folder, name);
      writeFileSync(file, `#!/bin/sh\ncat <<'END'\n${output}\nEND\n`);
      chmodSync(file, 0o755);
    }
    process.env['PATH'] = `${this.folder}${delimiter}${this.path}`;
  }

  dispose(): void {
    process.env['PATH'] = this.path;
    rmSync(this.folder, { recursive: true });
  }
}

describe('What the system tells of a process', () => {
  let system: FakeSystem | undefined;

  afterEach(() => {
    system?.dispose();
    system = undefined;
  });

  it('is on which ports it listens, here', (done) => {
    const server = createServer().listen(0, () => {
      const address = server.address();
      assert.deepEqual(listeningPorts(process.pid), [typeof address === 'object' ? address?.port : 0]);
      server.close(done);
    });
  });

  it('is that on macOS, of that process alone', () => {
    system = new FakeSystem({ lsof: 'p4711\nf23\nn127.0.0.1:9230\nf24\nn*:3000\nf25\nn[::1]:3000' });
    assert.deepEqual(listeningPorts(4711, 'darwin'), [9230, 3000]);
    assert.deepEqual(portsOfLsof(''), []);
  });

  it('is that on Windows, of that process alone, in any language', () => {
    const netstat = [
      'Aktive Verbindungen',
      '',
      '  Proto  Lokale Adresse         Remoteadresse          Status           PID',
      '  TCP    127.0.0.1:9229         0.0.0.0:0              ABHÖREN         4712',
      '  TCP    127.0.0.1:9230         0.0.0.0:0              ABHÖREN         4711',
      '  TCP    127.0.0.1:9231         127.0.0.1:50000        HERGESTELLT     4711',
      '  TCP    [::1]:3000             [::]:0                 ABHÖREN         4711',
    ].join('\r\n');
    assert.deepEqual(portsOfNetstat(netstat, 4711), [9230, 3000]);
    system = new FakeSystem({ netstat });
    assert.deepEqual(listeningPorts(4711, 'win32'), [9230, 3000]);
  });

  it('is its program on macOS, whatever it calls itself', () => {
    system = new FakeSystem({
      lsof: 'p4711\nftxt\nn/usr/local/bin/node\nftxt\nn/usr/lib/dyld',
      ps: 'my server',
    });
    assert.equal(executable(4711, 'darwin'), '/usr/local/bin/node');
    system.dispose();
    system = new FakeSystem({ lsof: '', ps: '/opt/node/bin/node' });
    assert.equal(executable(4711, 'darwin'), '/opt/node/bin/node');
  });

  it('is whether the signal that opens the inspector would end it', async () => {
    for (const [ps, takes] of [
      ['   00:05 node server.js', true],
      ['03-01:02:03 /usr/local/bin/node a.js', true],
      ['   00:00 node server.js', false],
      ['   10:05 node --disable-sigusr1 server.js', false],
    ] as const) {
      system = new FakeSystem({ ps });
      assert.equal(takesSignal(4711, 'darwin'), takes, ps);
      system.dispose();
      system = undefined;
    }
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    try {
      await until('it has started', () => Promise.resolve(takesSignal(child.pid ?? 0) || undefined));
      assert.match(executable(child.pid ?? 0) ?? '', /node/);
    } finally {
      child.kill();
    }
  });
});
