import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, createReadStream, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OutputFile, type OutputRecord } from '../../src/cli/outputFile.js';
import { until } from '../support/until.js';
import type { Warning } from '../../src/protocol/snapshot.js';

const EXIT: OutputRecord = { event: 'exit', code: 0, signal: null };

function warning(message: string): OutputRecord {
  const large: Warning = { id: 'w', kind: 'other', message, count: 1 };
  return { event: 'warning', warning: large };
}

describe('OutputFile', function () {
  this.timeout(20_000);
  let folder: string;
  let problems: string[];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'output-'));
    problems = [];
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const open = (path: string): Promise<OutputFile> =>
    OutputFile.open(path, (message) => problems.push(message));

  it('holds one object a line, in place of what was there, with nothing that cannot be seen', async () => {
    const path = join(folder, 'f');
    for (const message of ['first', '\x9b31m\u202e']) {
      const file = await open(path);
      file.write(warning(message));
      file.write(EXIT);
      await file.end();
    }
    const text = readFileSync(path, 'utf8');
    const [first = '', second = ''] = text.trimEnd().split('\n');
    assert.deepEqual(JSON.parse(first), warning('\x9b31m\u202e'));
    assert.ok(first.includes('\\u009b31m\\u202e'));
    assert.deepEqual(JSON.parse(second), EXIT);
    assert.deepEqual(problems, []);
  });

  describe('that is a pipe', () => {
    let path: string;
    beforeEach(() => {
      path = join(folder, 'pipe');
      execFileSync('mkfifo', [path]);
    });

    it('is refused when nobody comes to read it', async () => {
      await assert.rejects(open(path), /--out: nobody reads from \S+\. Start its reader first\.$/);
    });

    it('is not waited for when its reader stops', async () => {
      const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
      const file = await open(path);
      for (let count = 0; count < 30; count++) file.write(warning('x'.repeat(1024 * 1024)));
      await file.end();
      closeSync(reader);
      assert.match(
        problems.join('\n'),
        /^--out: \S+ is incomplete: its reader was too slow, 1\d lines left out\.$/,
      );
    });

    it('says in its place how many were dropped', async () => {
      const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
      const file = await open(path);
      const sent = 30;
      for (let count = 0; count < sent; count++) file.write(warning('x'.repeat(1024 * 1024)));
      const read = createReadStream(path).setEncoding('utf8');
      let text = '';
      let isOver = false;
      read.on('data', (chunk) => {
        text += String(chunk);
        // The queue is empty but for its last line: there is room again.
        if (!isOver && text.endsWith('\n') && text.length > 16 * 1024 * 1024) {
          isOver = true;
          file.write(EXIT);
          void file.end();
        }
      });
      await once(read, 'close');
      closeSync(reader);
      const records = text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as OutputRecord);
      assert.deepEqual(records.at(-1), EXIT);
      const dropped = records.find((record) => record.event === 'dropped');
      const warnings = records.filter(({ event }) => event === 'warning').length;
      assert.equal(warnings + (dropped?.records ?? 0), sent);
      assert.ok(warnings < sent);
    });

    it('is given up with one message when its reader has gone', async () => {
      const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
      const file = await open(path);
      closeSync(reader);
      file.write(EXIT);
      await until('a problem', () => problems.length > 0);
      file.write(EXIT);
      await file.end();
      assert.equal(problems.length, 1);
      assert.match(problems[0] ?? '', /writing to \S+ failed \(.*EPIPE.*\)\. Nothing more is written to it/);
    });
  });
});
