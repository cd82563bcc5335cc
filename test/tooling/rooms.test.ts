import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join, posix, sep } from 'node:path';
import { preProcessFile } from 'typescript';
import type * as LayerTable from '../../scripts/layers.mjs' with { 'resolution-mode': 'import' };
import { PROJECT } from '../../scripts/cacheFolder.js';

/** Lines of a file of the source, at most. */
const MAX_LINES = 400;

describe('Rooms', () => {
  const source = readSource();
  let layers: typeof LayerTable;

  before(async () => (layers = await import('../../scripts/layers.mjs')));

  it('have a row in the table for every folder of their layers, and no row for any other', () => {
    for (const [layer, rooms] of Object.entries(layers.ROOMS)) {
      const folders = readdirSync(join(PROJECT, 'src', layer), { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => name);
      assert.deepEqual(folders.sort(), Object.keys(rooms).sort(), layer);
    }
  });

  it('import no other rooms than the table says, types among them', () => {
    const wrong = [...source].flatMap(([from, { imports }]) =>
      imports.flatMap((to) => layers.forbidden(from, to, { typeOnly: true }) ?? []),
    );
    assert.deepEqual(wrong, []);
  });

  it('have no circle', () => {
    for (const [layer, rooms] of Object.entries(layers.ROOMS)) {
      const inside = new Map(
        Object.entries(rooms).map(([room, to]) => [room, to.filter((one) => one !== '.')]),
      );
      assert.deepEqual(circlesOf(inside), [], layer);
    }
  });

  it('are made of files that do not import each other in a circle', () => {
    assert.deepEqual(circlesOf(new Map([...source].map(([path, { imports }]) => [path, imports]))), []);
  });

  it(`are made of files of ${MAX_LINES} lines at most`, () => {
    const long = [...source].filter(([, { lines }]) => lines > MAX_LINES).map(([path]) => path);
    assert.deepEqual(long, []);
  });

  it('are told apart by the names of their folders', () => {
    const { forbidden } = layers;
    const code = { typeOnly: false };
    assert.equal(forbidden('src/agent/wire/a.ts', 'src/agent/records/b.ts', code), undefined);
    assert.equal(forbidden('src/agent/agent.ts', 'src/agent/records/b.ts', code), undefined);
    assert.match(
      forbidden('src/agent/records/b.ts', 'src/agent/wire/a.ts', code) ?? '',
      /agent\/records must not import agent\/wire/,
    );
    assert.match(
      forbidden('src/agent/records/b.ts', 'src/agent/agent.ts', code) ?? '',
      /agent\/records must not import agent\/\./,
    );
    assert.match(forbidden('src/ui/new/a.ts', 'src/ui/tasks/b.ts', code) ?? '', /not in the table of rooms/);
  });

  it('show a circle where there is one', () => {
    const imports = { a: ['b'], b: ['c'], c: ['a', 'd'], d: [] };
    assert.deepEqual(circlesOf(new Map(Object.entries(imports))), [['a', 'b', 'c', 'a']]);
  });
});

interface SourceFile {
  /** Files of the source that it imports, types among them; by their paths below the project. */
  imports: string[];
  lines: number;
}

function readSource(): Map<string, SourceFile> {
  const files = new Map<string, SourceFile>();
  for (const entry of readdirSync(join(PROJECT, 'src'), { recursive: true, encoding: 'utf8' })) {
    if (!entry.endsWith('.ts')) continue;
    const path = posix.join('src', ...entry.split(sep));
    const text = readFileSync(join(PROJECT, path), 'utf8');
    const imports = preProcessFile(text)
      .importedFiles.map(({ fileName }) => fileName)
      .filter((name) => name.startsWith('.') && !name.endsWith('.mjs'))
      .map((name) => posix.join(path, '..', name.replace(/\.js$/, '.ts')));
    files.set(path, { imports, lines: text.split('\n').length - 1 });
  }
  return files;
}

/** One way round for each circle that a search finds first. */
function circlesOf(imports: ReadonlyMap<string, readonly string[]>): string[][] {
  const circles: string[][] = [];
  const done = new Set<string>();
  const visit = (name: string, way: readonly string[]): void => {
    const begin = way.indexOf(name);
    if (begin >= 0) circles.push([...way.slice(begin), name]);
    if (begin >= 0 || done.has(name)) return;
    for (const next of imports.get(name) ?? []) visit(next, [...way, name]);
    done.add(name);
  };
  for (const name of imports.keys()) visit(name, []);
  return circles;
}
