import { durationText } from '../model/numbers.js';
import { isEnded, isFunctionTask, isOperation } from '../model/tasks/taskKinds.js';
import type { ProcessSnapshot, Snapshot, Task } from '../protocol/snapshot.js';
import type { Answer } from './answer.js';
import { siteOf } from './awaitChain.js';
import { answerOfEach, chosen, PROCESS_ARGUMENT } from './processAnswer.js';
import type { Tool } from './tool.js';

/** What came, went and stayed between two moments. */
export const compareSnapshots: Tool = {
  name: 'compare_snapshots',
  title: 'Compare snapshots',
  description:
    'Compares the async tasks of two moments: which kinds of tasks have grown (a leak), which have come and gone, and which have stayed without going on, with file:line. With `seconds` it looks now and again after that time; without it, it compares with its own last call, so call it, do something, and call it again.',
  input: {
    type: 'object',
    properties: {
      process: PROCESS_ARGUMENT,
      seconds: { type: 'number', description: 'Time between the two.', minimum: 0.1, maximum: 60 },
    },
    additionalProperties: false,
  },
  async answer({ process, seconds }, source) {
    let before = source.kept;
    if (seconds !== undefined) {
      before = structuredClone(await source.snapshot());
      await source.pause(Number(seconds) * 1000);
    }
    const now = structuredClone(await source.snapshot());
    source.kept = now;
    return answerOfEach(chosen(now, process), source.folders, (answer, one) => {
      const earlier = before?.processes.find(({ session }) => session === one.session);
      if (earlier) compare(answer, earlier, one, before);
      else answer.line('It is kept for the next call: there is no earlier snapshot of it.', 1);
    });
  },
};

interface Kind {
  text: string;
  before: number;
  now: number;
  /** Of those that are in both: whether one of them has gone on. */
  stayed: number;
  oldestMs: number;
}

function compare(
  answer: Answer,
  before: ProcessSnapshot,
  now: ProcessSnapshot,
  from: Snapshot | undefined,
): void {
  const kinds = new Map<string, Kind>();
  const live = (process: ProcessSnapshot): Task[] =>
    process.tasks.filter(
      (task) => !isEnded(task) && task.internal !== true && (isFunctionTask(task) || isOperation(task)),
    );
  const kindOf = (task: Task): Kind => {
    const site = siteOf(task);
    const text = `${answer.name(isOperation(task) ? task.type : task.name)}${site ? ` at ${answer.place(site)}` : ''}`;
    const kind = kinds.get(text) ?? { text, before: 0, now: 0, stayed: 0, oldestMs: 0 };
    kinds.set(text, kind);
    return kind;
  };
  const earlier = new Map(live(before).map((task) => [task.id, task]));
  for (const task of earlier.values()) kindOf(task).before++;
  for (const task of live(now)) {
    const kind = kindOf(task);
    kind.now++;
    kind.oldestMs = Math.max(kind.oldestMs, task.ageMs);
    if (earlier.get(task.id)?.runs === task.runs) kind.stayed++;
  }
  if (from) answer.line(`Compared with ${from.takenAt}:`, 1);
  const all = [...kinds.values()];
  section(
    answer,
    'Grown',
    all.filter((kind) => kind.now > kind.before),
    (kind) => kind.now - kind.before,
  );
  section(
    answer,
    'Fewer',
    all.filter((kind) => kind.now < kind.before),
    (kind) => kind.before - kind.now,
  );
  section(
    answer,
    'Did not go on in between',
    all.filter((kind) => kind.stayed > 0),
    (kind) => kind.oldestMs,
  );
  if (all.every((kind) => kind.now === kind.before && kind.stayed === 0))
    answer.line('Nothing has changed.', 1);
}

function section(answer: Answer, title: string, kinds: Kind[], weight: (kind: Kind) => number): void {
  if (kinds.length === 0) return;
  answer.line(`${title}:`, 1);
  for (const kind of kinds.sort((a, b) => weight(b) - weight(a)).slice(0, MAX_KINDS)) {
    const age = kind.now > 0 ? `, the oldest ${durationText(kind.oldestMs)} old` : '';
    answer.line(
      `${kind.text}: ${kind.before} → ${kind.now}${kind.stayed > 0 ? `, ${kind.stayed} the same` : ''}${age}`,
      2,
    );
  }
  if (kinds.length > MAX_KINDS) answer.line(`and ${kinds.length - MAX_KINDS} more kinds`, 2);
}

const MAX_KINDS = 15;
