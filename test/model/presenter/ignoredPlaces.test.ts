import assert from 'node:assert/strict';
import {
  ignoreChoices,
  IgnoredFindings,
  IgnoredPlaces,
  treeText,
  warningRows,
  withoutIgnored,
} from '../../../src/model/presenter/index.js';
import type { FindingKind, Warning } from '../../../src/protocol/snapshot.js';
import { place, processOf, snapshotOf } from '../../support/tasks.js';

const FOLDERS = ['/home/ann/shop', '/home/ann/tools/'];

function has(patterns: readonly string[], site: string): boolean {
  return new IgnoredPlaces(patterns, FOLDERS).has(place(site));
}

function warning(id: string, site?: string): Warning {
  return { id, kind: 'blocking', message: id, count: 1, ...(site !== undefined && { site: place(site) }) };
}

describe('IgnoredPlaces', () => {
  const report = '/home/ann/shop/src/report.ts:20 parse';

  for (const [pattern, expected] of [
    ['src/report.ts', true],
    ['src/report.ts:20', true],
    ['src/report.ts:21', false],
    ['src/report.ts#parse', true],
    ['src/report.ts#pars', false],
    ['src/**', true],
    ['src/*.ts:20', true],
    ['**/report.ts', true],
    ['/home/ann/shop/src/report.ts', true],
    ['/home/ann/shop/src/report.ts:20', true],
    ['report.ts', false],
    ['shop', false],
    ['  ', false],
  ] as const) {
    it(`${expected ? 'takes' : 'leaves'} a place in the workspace by ${JSON.stringify(pattern)}`, () => {
      assert.equal(has([pattern], report), expected);
    });
  }

  it('takes a package by its name, wherever it is installed', () => {
    assert.equal(has(['lodash'], '/home/ann/shop/node_modules/lodash/map.js:3 map'), true);
    assert.equal(has(['lodash#map'], '/home/ann/shop/node_modules/lodash/map.js:3 map'), true);
    assert.equal(has(['lodash'], '/x/node_modules/.pnpm/lodash@4/node_modules/lodash/map.js:3'), true);
    assert.equal(has(['lodash'], '/x/node_modules/lodash/node_modules/other/a.js:3'), false);
    assert.equal(has(['@scope/*'], '/x/node_modules/@scope/tool/a.js:3'), true);
    assert.equal(has(['@scope/tool'], '/x/node_modules/@scope/tool/a.js:3'), true);
    assert.equal(has(['scope'], '/x/node_modules/@scope/tool/a.js:3'), false);
  });

  it('knows paths of Windows', () => {
    const site = { file: 'C:\\shop\\src\\report.ts', line: 20, column: 1 };
    assert.equal(new IgnoredPlaces(['src/report.ts:20'], ['c:\\other', 'C:\\shop']).has(site), true);
    assert.equal(new IgnoredPlaces(['C:\\shop\\src\\report.ts'], []).has(site), true);
    const other = { ...site, file: 'c:\\Shop\\src\\report.ts' };
    assert.equal(new IgnoredPlaces(['src/report.ts:20'], ['C:\\shop']).has(other), true);
    const posix = { ...site, file: '/Shop/src/report.ts' };
    assert.equal(new IgnoredPlaces(['src/report.ts:20'], ['/shop']).has(posix), false);
  });

  it('takes nothing without a pattern, and nothing without a place', () => {
    assert.equal(has([], report), false);
    assert.equal(new IgnoredPlaces(['**'], []).has(undefined), false);
  });
});

describe('ignoreChoices', () => {
  it('names function, line, file and package, each of which then ignores the place', () => {
    const site = place('/home/ann/shop/node_modules/@scope/tool/lib/a.js:3 run');
    const choices = ignoreChoices(site, FOLDERS);
    assert.deepEqual(choices, [
      { what: 'function', pattern: 'node_modules/@scope/tool/lib/a.js#run' },
      { what: 'line', pattern: 'node_modules/@scope/tool/lib/a.js:3' },
      { what: 'file', pattern: 'node_modules/@scope/tool/lib/a.js' },
      { what: 'package', pattern: '@scope/tool' },
    ]);
    for (const { pattern } of choices)
      assert.equal(new IgnoredPlaces([pattern], FOLDERS).has(site), true, pattern);
  });

  it('has nothing to offer inside Node itself', () => {
    assert.deepEqual(ignoreChoices(place('node:fs:3 readFileSync'), FOLDERS), []);
  });
});

describe('withoutIgnored', () => {
  const places = {
    places: new IgnoredPlaces(['src/report.ts'], FOLDERS),
    findings: new IgnoredFindings(['slowTask', 'floatingPromise src/cart.ts'], FOLDERS),
  };

  it('leaves out the warnings of ignored places and counts them, and the view says so', () => {
    const shop = processOf([], {
      warnings: [
        warning('report', '/home/ann/shop/src/report.ts:20'),
        warning('cart', '/home/ann/shop/src/cart.ts:1'),
        warning('nowhere'),
      ],
    });
    const { snapshot, ignored } = withoutIgnored(snapshotOf(shop), places);
    assert.deepEqual(
      snapshot.processes[0]?.warnings.map(({ id }) => id),
      ['cart', 'nowhere'],
    );
    assert.equal(ignored, 1);
    const rows = warningRows(snapshot, ignored);
    assert.match(treeText(rows), /\n1 ignored$/);
    assert.equal(rows.at(-1)?.setting, 'asyncDebugger.blocking.ignore');
  });

  it('leaves out findings of an ignored kind, and of a kind at an ignored place', () => {
    const found = (kind: FindingKind, at: string): Warning => ({
      ...warning(`${kind} ${at}`, `/home/ann/shop/src/${at}:1`),
      kind,
    });
    const shop = processOf([], {
      warnings: [
        found('slowTask', 'a.ts'),
        found('floatingPromise', 'cart.ts'),
        found('floatingPromise', 'report.ts'),
        found('deadlock', 'cart.ts'),
      ],
    });
    const { snapshot, ignored } = withoutIgnored(snapshotOf(shop), places);
    assert.deepEqual(
      snapshot.processes[0]?.warnings.map(({ id }) => id),
      ['floatingPromise report.ts', 'deadlock cart.ts'],
    );
    assert.equal(ignored, 2);
  });

  it('shows a process as running while an ignored place blocks it', () => {
    const blocked = processOf([], {
      state: 'blocked',
      blocked: { durationMs: 500, site: place('/home/ann/shop/src/report.ts:20'), stack: [] },
    });
    const [process] = withoutIgnored(snapshotOf(blocked), places).snapshot.processes;
    assert.equal(process?.state, 'running');
    assert.equal('blocked' in process, false);
  });

  it('gives the same snapshot where nothing is ignored', () => {
    const all = snapshotOf(processOf([], { warnings: [warning('cart', '/home/ann/shop/src/cart.ts:1')] }));
    assert.equal(withoutIgnored(all, places).snapshot, all);
  });
});
