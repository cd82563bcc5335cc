import { type Row, taskRows } from '../model/presenter/index.js';
import type { Answer } from './answer.js';
import { answerOfEach, chosen, PROCESS_ARGUMENT } from './processAnswer.js';
import type { Tool } from './tool.js';

/** The await tree, as the view shows it. */
export const asyncTasks: Tool = {
  name: 'async_tasks',
  title: 'Async tasks',
  description:
    'Lists the live async tasks of the watched Node.js programs as a tree: each async function with file:line of its await, and below it what it waits for, down to the timer, request, connection or promise at the end. Use it to see what a program is doing now. Filter it when the program has many tasks.',
  input: {
    type: 'object',
    properties: {
      process: PROCESS_ARGUMENT,
      filter: {
        type: 'string',
        description:
          'Words that a task must have; also state:awaiting, file:cart.ts, type:timer; a minus excludes.',
      },
      internals: { type: 'boolean', description: 'Also tasks of Node.js itself and of packages.' },
      maxRows: { type: 'number', description: 'Rows of one level. Default: 40.', minimum: 1, maximum: 200 },
    },
    additionalProperties: false,
  },
  async answer({ process, filter, internals, maxRows }, source) {
    const snapshot = await source.snapshot();
    const processes = chosen(snapshot, process);
    const rows = taskRows(
      { ...snapshot, processes },
      {
        grouping: 'awaits',
        filter: String(filter ?? ''),
        internals: internals === true,
        maxRows: Number(maxRows ?? 40),
        hasNoFilter: true,
      },
    );
    return answerOfEach(processes, source.folders, (answer, one) => {
      const row = rowOf(rows, one.session);
      const below = row?.children.filter(({ id }) => !processes.some(({ session }) => session === id)) ?? [];
      if (below.length === 0) answer.line(filter ? 'No task passes the filter.' : 'No task is live.', 1);
      write(answer, below, 1);
    });
  },
};

function rowOf(rows: readonly Row[], session: string): Row | undefined {
  for (const row of rows) {
    if (row.id === session) return row;
    const found = row.context.startsWith('process') ? rowOf(row.children, session) : undefined;
    if (found) return found;
  }
  return undefined;
}

function write(answer: Answer, rows: readonly Row[], depth: number): void {
  for (const { label, description, awaitSite, creationSite, children } of rows) {
    // the place at the end of a row is told with its folder here
    const facts = description.split('  ')[0] ?? '';
    const at = awaitSite ?? creationSite;
    answer.line(
      [answer.name(label), facts === '' ? '' : answer.name(facts), at ? `at ${answer.place(at)}` : '']
        .filter((part) => part !== '')
        .join(' '),
      depth,
    );
    if (depth < MAX_DEPTH) write(answer, children, depth + 1);
  }
}

const MAX_DEPTH = 12;
