import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { silentLogger } from '../../src/base/logger.js';
import { PathPattern } from '../../src/model/pathPattern.js';
import { readRegularFile } from '../../src/session/regularFile.js';
import { SourceLocations } from '../../src/session/sourceLocations.js';
import type { Attack } from './attack.js';

/** Files that a program names, made in `folder`. */
export function files(folder: string): readonly Attack[] {
  const named: Record<string, string> = {
    'a device': '/dev/zero',
    'the terminal': '/dev/tty',
    nothing: 'a\0b',
  };
  const add = (what: string, make: (path: string) => void): void => {
    const path = join(folder, `${what}.js`);
    make(path);
    named[what] = path;
  };
  add('a folder', (path) => mkdirSync(path));
  add('a file of 5 GB', (path) => {
    writeFileSync(path, '');
    truncateSync(path, 5 * 1024 ** 3);
  });
  if (process.platform !== 'win32') {
    add('a pipe', (path) => execFileSync('mkfifo', [path]));
    add('a link to a pipe', (path) => symlinkSync(join(folder, 'a pipe.js'), path));
    add('a link to a device', (path) => symlinkSync('/dev/zero', path));
    add('a link to itself', (path) => symlinkSync(path, path));
  }
  return [
    ...Object.entries(named).map(([what, path]) => ({
      name: `a script that is ${what}`,
      run: async () => ((await readRegularFile(path, 1e9)) === undefined ? undefined : 'was read'),
    })),
    ...Object.entries(MAPS).map(([what, map]) => ({
      name: `a source map with ${what}`,
      run: () => mapped(join(folder, `${what}.js`), map),
    })),
    ...Object.entries(PATTERNS).map(([what, pattern]) => ({
      name: `a pattern of ${what}`,
      run: () =>
        new PathPattern(pattern).test(`${'a/'.repeat(500)}${'a'.repeat(1000)}`) ? 'fits' : undefined,
    })),
  ];
}

const MANY = 60_000;
const MAPS: Readonly<Record<string, object>> = {
  'a long name': { sources: ['?'.repeat(MANY)] },
  'a long webpack name': { sources: [`webpack://${'?'.repeat(MANY)}`] },
  'many folders': { sources: ['a/../'.repeat(MANY)] },
  'many lines': { mappings: ';'.repeat(3_000_000) },
  'many segments': { mappings: 'A,'.repeat(4_000_000) },
  'many sources': { sources: new Array<string>(100_000).fill('a') },
  'a long root': { sourceRoot: 'x'.repeat(MANY) },
  'no sources': { sources: 5 },
};
const PATTERNS: Readonly<Record<string, string>> = {
  'many folders': `${'**/'.repeat(200)}b`,
  'many names': `${'**/a/'.repeat(200)}b`,
  'many letters': `**/${'*a'.repeat(200)}b`,
};

/** A map that is made for harm is not used, and no place is told by it. */
async function mapped(script: string, map: object): Promise<string | undefined> {
  const whole = { version: 3, names: [], sources: ['a.ts'], mappings: 'AAAA', ...map };
  writeFileSync(`${script}.map`, JSON.stringify(whole));
  writeFileSync(
    script,
    `throw 1\n//# sourceMappingURL=${encodeURIComponent(`${script}.map`.split('/').pop() ?? '')}`,
  );
  const locations = new SourceLocations(silentLogger);
  const frame = { url: script, line: 1, column: 1, function: '' };
  locations.resolve(frame);
  await locations.whenLoaded();
  const { file } = locations.resolve(frame);
  locations.dispose();
  return file === script ? undefined : `gave ${file.slice(0, 50)}`;
}
