import { t } from '../../base/texts.js';
import type { Poll, WireEntry } from '../../protocol/wire.js';
import type { Task } from '../../protocol/snapshot.js';
import { counted } from '../numbers.js';
import { keepsAlive } from '../tasks/resourceTypes.js';
import { taskName } from './caseTexts.js';
import type { CaseEvidence, Rule, RuleContext } from './rule.js';

/** What a process cannot end without, oldest first, and how many others it could. */
export function keepers(tasks: readonly Task[]): { keeping: Task[]; loose: number } {
  const there = tasks.filter(
    ({ endedAgoMs, state, internal }) => endedAgoMs === undefined && state !== 'running' && internal !== true,
  );
  return {
    keeping: there.filter((task) => task.keepsAlive === true),
    loose: there.filter(({ unref }) => unref === true).length,
  };
}

/**
 * Looks at what there is that Node waits for. It is told where people ask, and where nothing but open connections was
 * there for long, no task and no timer, and nothing came over them: then nobody is at work any more.
 */
export class KeptAlive implements Rule {
  private readonly others = new Set<number>();
  private readonly connections = new Set<number>();
  private hadTask = false;
  private quietSinceMs: number | undefined;
  /** By itself: what people have asked for stays until they clear it. */
  private isTold = false;

  constructor(private readonly context: RuleContext) {}

  observe({ entries, ended, collected = [], loop, nowMs }: Poll): void {
    for (const entry of entries) this.add(entry);
    for (const id of [...ended, ...collected]) {
      this.others.delete(id);
      this.connections.delete(id);
    }
    const isQuiet = this.hadTask && this.others.size === 0 && this.connections.size > 0 && loop.turns === 0;
    this.quietSinceMs = isQuiet ? (this.quietSinceMs ?? nowMs) : undefined;
    if (!isQuiet && this.isTold) {
      this.isTold = false;
      this.context.cases.withdraw('keptAlive', ALIVE);
    }
  }

  look(nowMs: number): void {
    if (this.isTold || this.context.isLate || this.quietSinceMs === undefined) return;
    if (nowMs - this.quietSinceMs < QUIET_MS) return;
    this.isTold = true;
    this.tellWhyAlive();
  }

  tellWhyAlive(): void {
    const { graph, cases } = this.context;
    const tasks = [...graph.entries()]
      .filter(isKeeping)
      .map((entry) => ({ entry, task: this.context.task(entry) }));
    const { keeping, loose } = keepers(tasks.map(({ task }) => task));
    const facts = tasks.flatMap(({ entry, task }): CaseEvidence[] =>
      keeping.includes(task) ? [{ text: taskName(task), frame: graph.placeOf(entry), entry: entry.id }] : [],
    );
    const [first] = facts;
    cases.report({
      kind: 'keptAlive',
      id: ALIVE,
      key: ALIVE,
      frame: facts.length === 1 ? first?.frame : undefined,
      ongoing: true,
      one: sentence(facts),
      many: () => sentence(facts),
      advice:
        facts.length === 0
          ? t('It may be kept by what is older than the debugger, or by a native addon.')
          : t('Close what is not needed any more, or unref it.'),
      evidence: [
        ...facts,
        ...(loose > 0 ? [{ text: t("{0} unref'd: they do not keep it", counted(loose, 'other')) }] : []),
      ],
      entries: facts.flatMap(({ entry }) => entry ?? []),
    });
  }

  private add(entry: WireEntry): void {
    const { kind, type, id, detail } = entry;
    if (kind !== 'resource') {
      if (kind === 'function' || kind === 'module') this.hadTask = true;
      if (kind === 'function' || kind === 'module' || kind === 'generator') this.others.add(id);
      return;
    }
    if (!keepsAlive(type)) return;
    const isConnection = CONNECTIONS.has(type);
    const isKept = detail?.loose === undefined;
    for (const [set, has] of [
      [this.connections, isConnection && isKept],
      [this.others, !isConnection && isKept],
    ] as const) {
      if (has) set.add(id);
      else set.delete(id);
    }
  }
}

function isKeeping({ kind, type }: WireEntry): boolean {
  return kind === 'resource' && keepsAlive(type);
}

function sentence(facts: readonly CaseEvidence[]): string {
  const [first] = facts;
  if (!first) return t('Nothing is known of that keeps the program running');
  if (facts.length === 1) return t('Only {0} keeps the program running', first.text);
  return t('{0} and {1} keep the program running', first.text, counted(facts.length - 1, 'other'));
}

/** There is one for each program. */
const ALIVE = 'alive';
const CONNECTIONS: ReadonlySet<string> = new Set(['TCPWRAP', 'PIPEWRAP']);
/** Without a callback for so long nothing is going on. */
const QUIET_MS = 30_000;
