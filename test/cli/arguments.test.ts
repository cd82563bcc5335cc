import assert from 'node:assert/strict';
import { UsageError } from '../../src/cli/command.js';
import { parseCommand } from '../../src/cli/commands.js';

describe('parseCommand', () => {
  const good: [line: string, asked: unknown][] = [
    ['run app.js', { thresholdMs: 100, program: ['app.js'] }],
    [
      'run --threshold 20.5 --out f.jsonl --snapshot-after=500 app.js --port 3 --help',
      {
        thresholdMs: 20.5,
        out: 'f.jsonl',
        snapshotAfterMs: 500,
        program: ['app.js', '--port', '3', '--help'],
      },
    ],
    ['run --threshold 0 -- --no-warnings app.js', { thresholdMs: 0, program: ['--no-warnings', 'app.js'] }],
    ['run app.js -- --x', { thresholdMs: 100, program: ['app.js', '--', '--x'] }],
    ['ps 123', { as: 'ps', json: false, target: { pid: 123 } }],
    ['pstree localhost:9229 --json', { as: 'pstree', json: true, target: { host: 'localhost', port: 9229 } }],
    ['ps [::1]:80', { as: 'ps', json: false, target: { host: '[::1]', port: 80 } }],
    ['ps :9229', { as: 'ps', json: false, target: { host: '127.0.0.1', port: 9229 } }],
  ];
  for (const [line, asked] of good) {
    it(`understands ${line}`, () => {
      const command = parseCommand(line.split(' '));
      assert.deepEqual(command.name === 'command' && command.asked, asked);
    });
  }

  it('tells its version', () => assert.equal(parseCommand(['--version']).name, 'version'));

  for (const [line, commands] of [
    ['--help', ['run', 'ps', 'pstree']],
    ['run -h', ['run']],
    ['pstree --help', ['pstree']],
  ] as const) {
    it(`explains what ${line} asks about`, () => {
      const command = parseCommand(line.split(' '));
      const text = command.name === 'help' ? command.text : '';
      const explained = [...text.matchAll(/^ {2}asyncdebug (\w+)/gm)].map(([, name]) => name);
      for (const name of commands) assert.ok(explained.includes(name), text);
      if (line !== '--help') assert.deepEqual(explained, commands);
    });
  }

  const bad: [line: string, problem: RegExp][] = [
    ['', /not a command/],
    ['fly', /"fly" is not a command/],
    ['run', /which program/],
    ['run --treshold 5 app.js', /--treshold/],
    ['run --threshold soon app.js', /"soon" is not a number/],
    ['run --threshold -5 app.js', /threshold/],
    ['run --threshold= app.js', /"" is not a number/],
    ['run --snapshot-after 5 app.js', /say with --out/],
    ['run --out= app.js', /which file/],
    ['ps', /give one PID or HOST:PORT/],
    ['ps 1 2', /give one/],
    ['ps 0', /"0" is neither/],
    ['ps host:99999', /neither a PID nor HOST:PORT/],
    ['ps --threshold 1 5', /--threshold/],
  ];
  for (const [line, problem] of bad) {
    it(`says what is wrong with "${line}"`, () => {
      assert.throws(
        () => parseCommand(line.split(' ')),
        (error) => error instanceof UsageError && problem.test(error.message),
      );
    });
  }

  it('says what is wrong with nothing', () => {
    assert.throws(() => parseCommand([]), UsageError);
  });
});
