import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type BuildOptions, buildSync } from 'esbuild';
import { Room } from '../../src/base/room.js';
import { silentLogger } from '../../src/base/logger.js';
import type { Site } from '../../src/protocol/snapshot.js';
import type { WireFrame } from '../../src/protocol/wire.js';
import { SourceLocations } from '../../src/session/sourceLocations.js';

const SOURCE = `interface Report {
  total: number;
}

export function parseReport(report: Report): number {
  throw new Error('here ' + report.total);
}
`;

describe('SourceLocations', () => {
  let folder: string;
  let locations: SourceLocations;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'source locations-'));
    locations = new SourceLocations(silentLogger);
  });
  afterEach(() => {
    locations.dispose();
    rmSync(folder, { recursive: true });
  });

  function write(name: string, text: string): string {
    const file = join(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  }

  /** Compiles SOURCE and gives the place of its `throw` in the result. */
  function compile(options: BuildOptions): WireFrame {
    const outfile = join(folder, 'out', 'report.js');
    buildSync({ entryPoints: [write('src/report.ts', SOURCE)], outfile, format: 'cjs', ...options });
    const lines = readFileSync(outfile, 'utf8').split('\n');
    const line0 = lines.findIndex((text) => text.includes('throw'));
    const column0 = lines[line0]?.indexOf('throw') ?? -1;
    return { url: outfile, line: line0 + 1, column: column0 + 1, function: 'parseReport' };
  }

  async function resolved(frame: WireFrame): Promise<Site> {
    locations.resolve(frame);
    await locations.whenLoaded();
    return locations.resolve(frame);
  }

  const ORIGINAL = { line: 6, column: 3, function: 'parseReport' };

  for (const sourcemap of ['linked', 'inline'] as const) {
    it(`reads a map that is ${sourcemap}`, async () => {
      const frame = compile({ sourcemap });
      assert.deepEqual(await resolved(frame), { file: join(folder, 'src/report.ts'), ...ORIGINAL });
    });
  }

  it('reads a map that is inline and not base64', async () => {
    const frame = compile({ sourcemap: 'inline' });
    const code = readFileSync(frame.url, 'utf8');
    const [, base64 = ''] = /base64,(\S+)/.exec(code) ?? [];
    const plain = encodeURIComponent(Buffer.from(base64, 'base64').toString());
    writeFileSync(frame.url, code.replace(/data:\S+/, `data:application/json,${plain}`));
    assert.equal((await resolved(frame)).file, join(folder, 'src/report.ts'));
  });

  it('gives the generated place until the map is there, and tells when it is', async () => {
    const frame = compile({ sourcemap: 'linked' });
    let loads = 0;
    locations.onDidLoad(() => loads++);
    const generated = { file: frame.url, line: frame.line, column: frame.column, function: 'parseReport' };
    assert.deepEqual(locations.resolve(frame), generated);
    assert.deepEqual(locations.resolve(frame), generated);
    await locations.whenLoaded();
    assert.equal(loads, 1);
    assert.equal(locations.resolve(frame).line, ORIGINAL.line);
  });

  it('takes file URLs, with the query of a loader', async () => {
    const frame = compile({ sourcemap: 'linked' });
    const url = `${pathToFileURL(frame.url).href}?t=1`;
    assert.deepEqual(await resolved({ ...frame, url }), { file: join(folder, 'src/report.ts'), ...ORIGINAL });
  });

  it('resolves sources below a sourceRoot, existing or not', async () => {
    const frame = compile({ sourcemap: 'linked', sourceRoot: '../elsewhere/' });
    const map = JSON.parse(readFileSync(`${frame.url}.map`, 'utf8')) as { sources: string[] };
    map.sources = ['report.ts'];
    writeFileSync(`${frame.url}.map`, JSON.stringify(map));
    assert.equal((await resolved(frame)).file, join(folder, 'elsewhere/report.ts'));
  });

  it('finds the file behind a webpack name where there is one', async () => {
    const frame = compile({ sourcemap: 'linked' });
    for (const [source, file] of [
      ['webpack://shop/./src/report.ts', join(folder, 'src/report.ts')],
      ['webpack:///src/report.ts?1234', join(folder, 'src/report.ts')],
      ['turbopack:///[project]/../src/report.ts', join(folder, 'src/report.ts')],
      ['webpack:///C:/shop/src/report.ts', 'C:/shop/src/report.ts'],
      ['C:\\shop\\src\\report.ts', 'C:\\shop\\src\\report.ts'],
      ['webpack://shop/./src/missing.ts', 'webpack://shop/src/missing.ts'],
    ] as const) {
      const map = JSON.parse(readFileSync(`${frame.url}.map`, 'utf8')) as { sources: string[] };
      writeFileSync(`${frame.url}.map`, JSON.stringify({ ...map, sources: [source] }));
      locations = new SourceLocations(silentLogger);
      assert.equal((await resolved(frame)).file, file);
    }
  });

  it('reads a map with a mark of its byte order', async () => {
    const frame = compile({ sourcemap: 'linked' });
    writeFileSync(`${frame.url}.map`, `\uFEFF${readFileSync(`${frame.url}.map`, 'utf8')}`);
    assert.equal((await resolved(frame)).file, join(folder, 'src/report.ts'));
  });

  it('asks the program, once, for a map that the disk does not have', async () => {
    const frame = compile({ sourcemap: 'external' });
    const asked: string[] = [];
    locations.useProgram((url) => {
      asked.push(url);
      return Promise.resolve(readFileSync(`${frame.url}.map`, 'utf8'));
    });
    assert.equal((await resolved(frame)).file, join(folder, 'src/report.ts'));
    await resolved(frame);
    assert.deepEqual(asked, [frame.url]);
  });

  it('shows a script without map as it is, also when the program has none', async () => {
    const url = write('plain.js', 'throw 1');
    locations.useProgram(() => Promise.resolve('null'));
    const frame = { url, line: 1, column: 1, function: '' };
    assert.deepEqual(await resolved(frame), { file: url, line: 1, column: 1 });
  });

  it('asks nobody for the places of Node itself, of packages and of no file', async () => {
    locations.useProgram(() => assert.fail('asked'));
    for (const url of [
      'node:internal/timers',
      'evalmachine.<anonymous>',
      '',
      'http://x/a.js',
      'file://%zz/',
    ]) {
      assert.equal((await resolved({ url, line: 1, column: 1, function: 'f' })).file, url);
    }
    const inPackage = write('node_modules/a/index.js', '');
    assert.equal((await resolved({ url: inPackage, line: 1, column: 1, function: '' })).file, inPackage);
  });

  it('survives maps that are broken, huge, missing or lie', async () => {
    const broken = [
      '//# sourceMappingURL=missing.js.map',
      '//# sourceMappingURL=',
      '//# sourceMappingURL=http://127.0.0.1:1/x.map',
      '//# sourceMappingURL=%zz.map',
      '//# sourceMappingURL=data:application/json;base64,!!!',
      '//# sourceMappingURL=data:application/json,%zz',
      '//# sourceMappingURL=data:application/json,null',
      '//# sourceMappingURL=data:application/json,{"version":3,"sources":[null],"mappings":"AAAA"}',
      '//# sourceMappingURL=data:application/json,{"version":3,"sources":["a"],"mappings":"!!!"}',
      '//# sourceMappingURL=data:application/json,{"version":3,"sources":["a"],"mappings":"AZZA"}',
      "const text = '//# sourceMappingURL='",
    ];
    for (const [number, code] of broken.entries()) {
      const url = write(`broken${number}.js`, `throw 1\n${code}\n`);
      const site = await resolved({ url, line: 1, column: 1, function: '' });
      assert.equal(site.line, 1, code);
    }
    const huge = write('huge.js', `throw 1;${' '.repeat(31 * 1024 * 1024)}`);
    assert.equal((await resolved({ url: huge, line: 1, column: 1, function: '' })).file, huge);
    const frame = compile({ sourcemap: 'linked' });
    for (const line of [0, 1e9]) {
      assert.ok(await resolved({ ...frame, line, column: 0 }));
    }
  });

  it('does not look long at names that are made for it, and shows the generated place instead', async () => {
    const mark = '?'.repeat(60_000);
    const names = [
      mark,
      `webpack://${mark}`,
      `webpack://a/(${'()/'.repeat(20_000)}\n`,
      'a/../'.repeat(20_000),
    ];
    for (const [number, name] of names.entries()) {
      const map = JSON.stringify({ version: 3, sources: [name], names: [], mappings: 'AAAA' });
      const url = write(
        `named${number}.js`,
        `throw 1\n//# sourceMappingURL=data:application/json,${encodeURIComponent(map)}`,
      );
      assert.equal((await resolved({ url, line: 1, column: 1, function: '' })).file, url);
    }
    const url = write('query.js', `throw 1\n//# sourceMappingURL=${mark}`);
    assert.equal((await resolved({ url, line: 1, column: 1, function: '' })).file, url);
  });

  it('keeps no map that would take much memory', async () => {
    const frames = ['mappings', 'sources', 'sourceRoot'].map((large, number) => {
      const map = {
        version: 3,
        names: [],
        sources: large === 'sources' ? Array.from({ length: 30_000 }, () => 'a.ts') : ['a.ts'],
        mappings: `AAAA${large === 'mappings' ? ';'.repeat(2_000_000) : ''}`,
        sourceRoot: large === 'sourceRoot' ? 'x'.repeat(2000) : '',
      };
      write(`large${number}.js.map`, JSON.stringify(map));
      const url = write(`large${number}.js`, `throw 1\n//# sourceMappingURL=large${number}.js.map`);
      return { url, line: 1, column: 1, function: '' };
    });
    for (const frame of frames) assert.equal((await resolved(frame)).file, frame.url);
  });

  it('uses no further map when all together have no room left, until some are given up', async () => {
    const room = new Room(10);
    const map = JSON.stringify({
      version: 3,
      names: [],
      sources: ['a.ts'],
      mappings: 'AAAA,CAAC,CAAC,CAAC,CAAC,CAAC',
    });
    const frameOf = (name: string): WireFrame => ({
      url: write(name, `throw 1\n//# sourceMappingURL=data:application/json,${map}`),
      line: 1,
      column: 1,
      function: '',
    });
    const isMapped = async (of: SourceLocations, frame: WireFrame): Promise<boolean> => {
      of.resolve(frame);
      await of.whenLoaded();
      return of.resolve(frame).file !== frame.url;
    };
    const first = new SourceLocations(silentLogger, room);
    assert.equal(await isMapped(first, frameOf('first.js')), true);
    assert.equal(await isMapped(first, frameOf('second.js')), false);
    first.dispose();
    const second = new SourceLocations(silentLogger, room);
    assert.equal(await isMapped(second, frameOf('third.js')), true);
    second.dispose();
  });

  it('tells nothing after it was disposed', async () => {
    const frame = compile({ sourcemap: 'linked' });
    locations.onDidLoad(() => assert.fail('told'));
    locations.resolve(frame);
    locations.dispose();
    await locations.whenLoaded();
  });
});
