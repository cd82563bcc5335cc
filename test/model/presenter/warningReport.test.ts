import assert from 'node:assert/strict';
import { warningReport } from '../../../src/model/presenter/index.js';
import type { BlockingWarning, Warning } from '../../../src/protocol/snapshot.js';
import { blockingWarning, place, processOf } from '../../support/tasks.js';

const WHERE = { workspace: ['/home/ann/shop'], home: '/home/ann', platform: 'linux x64' };

function blocking(over: Partial<BlockingWarning> = {}): BlockingWarning {
  return blockingWarning({
    id: 's1:blocking:x',
    samples: 12,
    site: place('/home/ann/shop/src/report.ts:20 parseReport'),
    stack: [
      place('/home/ann/shop/src/report.ts:20 parseReport'),
      place('/home/ann/lib/tool.js:4 run'),
      place('node:internal/timers:9 listOnTimeout'),
    ],
    ...over,
  });
}

describe('warningReport', () => {
  it('tells what, where, why, how long and in what, without the way to a home folder', () => {
    const report = warningReport(blocking(), processOf([], { name: 'shop.js' }), WHERE);
    assert.equal(
      report,
      `
### Blocked the event loop for 430 ms

| | |
| --- | --- |
| Where | \`parseReport\` \`src/report.ts:20:5\` |
| Cause | JavaScript |
| Duration | 430 ms |
| Process | shop.js |
| Node.js | v22.0.0, linux x64 |

Call path, innermost first:

- \`parseReport\` \`src/report.ts:20:5\`
- \`run\` \`~/lib/tool.js:4:5\`
- \`listOnTimeout\` \`node:internal/timers:9:5\`
`.trimStart(),
    );
  });

  it('tells of several blocks how often, how long, for whom, who waited, and the lines of the last one', () => {
    const episode = {
      seq: 1,
      startedMs: 0,
      durationMs: 430,
      ongoing: false,
      cause: 'javascript',
      samples: 4,
      lines: [
        { site: place('/home/ann/shop/src/report.ts:20 parseReport'), samples: 3 },
        { site: place('/home/ann/shop/src/report.ts:21 parseReport'), samples: 1 },
      ],
      stack: [],
    };
    const report = warningReport(
      blocking({
        count: 2,
        ongoing: true,
        durationMs: 300,
        totalMs: 730,
        forTask: { id: 's1:4', name: 'GET /report' },
        suffered: { tasks: 2, worstDelayMs: 100 },
        episodes: [
          { ...episode, seq: 2, durationMs: 300, ongoing: true },
          {
            ...episode,
            forTask: { id: 's1:3', name: 'GET /a|b' },
            suffered: { tasks: 12, worstDelayMs: 380 },
          },
        ],
      }),
      processOf([], { threadId: 2 }),
      WHERE,
    );
    for (const line of [
      '| For | GET /report |',
      '| Times | 2 |',
      '| In all | 730 ms |',
      '| Worst | 430 ms |',
      '| Last | 300 ms, going on |',
      '| Who waited | 12 tasks, up to 380 ms |',
      '| Process | shop, worker thread 2 |',
      'Where it was seen in the last block, of 4 samples:',
      '- 75 % `parseReport` `src/report.ts:20:5`',
      '- 300 ms, going on; JavaScript',
      '- 430 ms; JavaScript; for GET /a\\|b; 12 tasks, up to 380 ms waited',
    ])
      assert.ok(report.includes(`\n${line}\n`), `${line}\n${report}`);
  });

  it('lets no text of the program break out of its place', () => {
    const site = { ...place('/home/ann/shop/src/a`|b.ts:1'), function: '<img src=x>' };
    const report = warningReport(
      blocking({ message: 'Blocked <b> | # by\n# *x*', site, stack: [] }),
      processOf([]),
      WHERE,
    );
    assert.match(report, /^### Blocked \\<b\\> \\\| \\# by \\# \\\*x\\\*\n/);
    assert.match(report, /\| Where \| `<img src=x>` `` src\/a`¦b\.ts:1:5 `` \|/);
  });

  it('takes a value that begins with a backtick for what it is', () => {
    const forTask = { id: 's1:3', name: '`![x](https://evil/x.png) @ann #1' };
    const report = warningReport(blocking({ forTask }), processOf([], { name: '`# @ann' }), WHERE);
    assert.ok(
      report.includes('| For | \\`!\\[x\\](https\\://evil/x.png) @<!-- -->ann \\#<!-- -->1 |\n'),
      report,
    );
    assert.ok(report.includes('| Process | \\`\\# @<!-- -->ann |\n'), report);
  });

  it('reports a warning of another kind by what is known of it', () => {
    const other: Warning = { id: 'w', kind: 'other', message: 'Something happened', count: 3 };
    assert.match(
      warningReport(other, processOf([]), WHERE),
      /^### Something happened\n\n.*\n.*\n\| Times \| 3 \|\n/,
    );
  });
});
