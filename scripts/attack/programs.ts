import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { builtCli } from '../../test/support/builtCli.js';
import { run } from '../../test/support/runProgram.js';
import { type Attack, UNSEEN } from './attack.js';

const BLOCK = 'for (const end = Date.now() + 300; Date.now() < end; );';
const EVIL = String.raw`'\x1b]0;PWN\x07\x1b[31mevil\x9b31m\u202e'`;

/** Programs under `asyncdebug run`: each prints "done", and nothing that a terminal obeys may be said about it. */
function programsIn(folder: string): Record<string, string> {
  return {
    'names a function': `const all = { [${EVIL}]() { ${BLOCK} } }; setTimeout(() => Object.values(all)[0](), 300); setTimeout(() => console.log('done'), 900);`,
    'names a file': `setTimeout(() => require('vm').runInThisContext('(function f() { ${BLOCK} })', { filename: '/' + ${EVIL} })(), 300); setTimeout(() => console.log('done'), 900);`,
    'names a file after a pipe': `setTimeout(() => require('vm').runInThisContext('(function f() { ${BLOCK} })', { filename: ${JSON.stringify(join(folder, 'pipe'))} })(), 300); setTimeout(() => console.log('done'), 900);`,
    'names a worker': `new (require('worker_threads').Worker)('setTimeout(() => {}, 900)', { eval: true, name: ${EVIL} }); console.log('done');`,
    'throws in place of the agent': `Object.defineProperty(globalThis, Symbol.for('nodejs.asyncDebugger.agent'), { get() { throw new Error(${EVIL}); }, configurable: true }); setTimeout(() => console.log('done'), 900);`,
  };
}

/** On one version of Node. */
export function programs(folder: string, version: string, node: string): readonly Attack[] {
  if (process.platform !== 'win32') execFileSync('mkfifo', [join(folder, 'pipe')]);
  return Object.entries(programsIn(folder)).map(([what, text]) => ({
    name: `a program on Node ${version} that ${what}`,
    run: async () => {
      writeFileSync(join(folder, 'app.js'), text);
      const { stdout, stderr, code } = await run(node, [builtCli(), 'run', 'app.js'], folder);
      if (stdout !== 'done\n' || code !== 0) return `ended with ${code}: ${stdout}${stderr}`;
      return UNSEEN.test(stderr.replaceAll('\n', '')) ? JSON.stringify(stderr) : undefined;
    },
  }));
}
