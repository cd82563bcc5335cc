// npm run blocking-latency              how long after the threshold a block is on the screen, in a real VS Code
// npm run blocking-latency -- --write   and write the table into docs/BLOCKING.md
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { PROJECT } from '../../scripts/cacheFolder.js';
import { build } from '../../scripts/programs.js';
import { Workbench } from '../../scripts/vscodeHost/workbench.js';

const BLOCKS = 20;
const THRESHOLD_MS = 100;
const BLOCK_MS = 1_200;
const QUIET_MS = 1_500;
const LIMIT_MS = 3 * BLOCKS * (BLOCK_MS + QUIET_MS) + 60_000;

/** In turns: an endless loop that ends, and a call that does not let V8 answer. Requests keep the views busy. */
const PROGRAM = `
'use strict';
const { execSync } = require('node:child_process');
const { appendFileSync } = require('node:fs');
const times = process.argv[2];
const delay = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

function spin(untilMs) {
  while (Date.now() < untilMs);
}

function note(kind) {
  appendFileSync(times, JSON.stringify({ kind, atMs: Date.now() }) + '\\n');
}

function loop() {
  note('loop');
  spin(Date.now() + ${BLOCK_MS});
}

function native() {
  note('native');
  execSync('sleep ${BLOCK_MS / 1000}');
}

async function visit() {
  await delay(30);
}

async function main() {
  setInterval(visit, 20);
  for (let round = 0; round < ${BLOCKS}; round++) {
    for (const block of [loop, native]) {
      await delay(${QUIET_MS} + Math.random() * 500);
      setTimeout(block, 0);
      await delay(1);
    }
  }
  note('end');
}

void main();
`;

/** Runs in the page and looks at each change of it whether the words of a block are there. */
const WATCH = `
(() => {
  const text = (root, selector) =>
    [...(root?.querySelectorAll(selector) ?? [])].map((element) => element.textContent).join('\\n');
  const rows = (title) =>
    text(
      [...document.querySelectorAll('.pane')].find(
        (pane) => pane.querySelector('.pane-header .title')?.textContent === title,
      ),
      '.monaco-list-row',
    );
  const isThere = {
    'status bar': () => /blocked \\d|no answer/i.test(text(document, '.statusbar-item')),
    'Async Tasks': () => /blocked \\d|no answer/i.test(rows('Async Tasks')),
    'Async Warnings': () => /going on/.test(rows('Async Warnings')),
  };
  const before = {};
  globalThis.appearances = [];
  const look = () => {
    for (const [place, check] of Object.entries(isThere)) {
      const now = check();
      if (now && !before[place]) appearances.push({ place, atMs: Date.now() });
      before[place] = now;
    }
  };
  new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
})()
`;

type Place = 'status bar' | 'Async Tasks' | 'Async Warnings';
const KINDS = { loop: 'a loop', native: 'a native call' };
const PLACES: Place[] = ['status bar', 'Async Tasks', 'Async Warnings'];

/** When words of a block came onto the screen; both clocks are the machine's. */
interface Appearance {
  place: Place;
  atMs: number;
}

async function main(): Promise<void> {
  const [option, ...rest] = process.argv.slice(2);
  if (rest.length > 0 || (option !== undefined && option !== '--write'))
    throw new Error('Usage: npm run blocking-latency [-- --write]');
  await build();
  const folder = mkdtempSync(join(tmpdir(), 'nad-latency-'));
  const times = join(folder, 'times.jsonl');
  mkdirSync(join(folder, '.vscode'));
  writeFileSync(join(folder, 'blocks.js'), PROGRAM);
  writeFileSync(
    join(folder, '.vscode', 'launch.json'),
    JSON.stringify({
      version: '0.2.0',
      configurations: [
        {
          name: 'Blocks',
          type: 'node',
          request: 'launch',
          program: '${workspaceFolder}/blocks.js',
          args: [times],
        },
      ],
    }),
  );
  const workbench = await Workbench.open({ folder, extension: PROJECT });
  try {
    await workbench.openRunAndDebug();
    await workbench.startConfiguration('Blocks');
    await workbench.showOnly('Async Tasks', 'Async Warnings');
    await workbench.page.evaluate(WATCH);
    const startedMs = Date.now();
    const blocks = (): { kind: string; atMs: number }[] =>
      existsSync(times)
        ? readFileSync(times, 'utf8')
            .split('\n')
            .filter((line) => line !== '')
            .map((line) => JSON.parse(line) as { kind: string; atMs: number })
        : [];
    while (!blocks().some(({ kind }) => kind === 'end')) {
      if (Date.now() - startedMs > LIMIT_MS) throw new Error('The program has not ended in time');
      await delay(500);
    }
    const seen = await workbench.page.evaluate<Appearance[]>('appearances');
    const rows = Object.entries(KINDS).flatMap(([kind, name]) => {
      const begun = blocks().filter((block) => block.kind === kind);
      return PLACES.map((place) => row(name, place, latencies(begun, place, seen)));
    });
    const table = [
      '| block in | on the screen in | median | worst | while it lasted |',
      '| --- | --- | ---: | ---: | ---: |',
      ...rows,
    ].join('\n');
    process.stdout.write(`${table}\n`);
    if (option === '--write') {
      const { writeSection } = await import('../runner/documentSection.mjs');
      await writeSection('BLOCKING.md', table, 'latency');
    }
  } finally {
    await workbench.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Of each block that came onto the screen while it lasted: milliseconds after the threshold. */
function latencies(blocks: readonly { atMs: number }[], place: Place, seen: readonly Appearance[]): number[] {
  return blocks.flatMap(({ atMs }) => {
    const found = seen.find((one) => one.place === place && one.atMs >= atMs && one.atMs < atMs + BLOCK_MS);
    return found ? [found.atMs - atMs - THRESHOLD_MS] : [];
  });
}

function row(kind: string, place: Place, values: number[]): string {
  const sorted = [...values].sort((a, b) => a - b);
  const text = (value: number | undefined): string => (value === undefined ? 'never' : `${value} ms`);
  const median = text(sorted[Math.floor((sorted.length - 1) / 2)]);
  return `| ${kind} | ${place} | ${median} | ${text(sorted.at(-1))} | ${values.length} of ${BLOCKS} |`;
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
