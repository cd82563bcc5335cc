import { t } from '../../base/texts.js';
import type { Task } from '../../protocol/snapshot.js';
import type { WireEntry, WireFrame } from '../../protocol/wire.js';
import { isOwn } from '../codeOrigin.js';
import type { AwaitGraph } from '../tasks/awaitGraph.js';
import { resourceType } from '../tasks/resourceTypes.js';
import { taskName } from './caseTexts.js';
import type { CaseEvidence, RuleContext } from './rule.js';

/** A task, what it waits for, what that waits for and so on; of several things the first. */
export interface WaitChain {
  entries: readonly WireEntry[];
  /** At its end. */
  leaf: Task;
  /** Where the innermost function of the program's own code waits. */
  frame: WireFrame | undefined;
}

export function waitChain(entry: WireEntry, { graph, task }: Pick<RuleContext, 'graph' | 'task'>): WaitChain {
  const entries = [entry];
  for (let leaf = entry; entries.length < MAX_LENGTH;) {
    const next = mostTelling(graph.awaits(leaf).flatMap((id) => graph.get(id) ?? []));
    if (!next || entries.includes(next)) break;
    entries.push((leaf = next));
  }
  const [frame] = entries.flatMap((one) => ownPlace(one, graph) ?? []).slice(-1);
  return { entries, leaf: task(entries.at(-1) ?? entry), frame };
}

/** Of several things a promise was made for the operation; what carries it ends later. */
function mostTelling(awaited: readonly WireEntry[]): WireEntry | undefined {
  const operation = awaited.find(({ kind, type }) => {
    const known = kind === 'resource' ? resourceType(type) : undefined;
    return known?.kind === 'operation' && known.internal !== true;
  });
  return operation ?? awaited[0];
}

/** `setTimeout 1,000 ms`; of a promise of which nothing else is known, that. */
export function leafText({ leaf }: WaitChain): string {
  return leaf.kind === 'promise' && leaf.name === leaf.type
    ? t('a promise that nobody settled')
    : taskName(leaf);
}

/** A line for each task of the chain: `checkout waits for reserve`. */
export function chainEvidence(
  chain: WaitChain,
  { graph, task }: Pick<RuleContext, 'graph' | 'task'>,
): CaseEvidence[] {
  return chain.entries.slice(0, -1).map((entry, position) => {
    const below = chain.entries[position + 1];
    return {
      text: t('{0} waits for {1}', taskName(task(entry)), below ? taskName(task(below)) : leafText(chain)),
      frame: graph.frame(entry.await) ?? graph.frame(entry.site),
      entry: entry.id,
    };
  });
}

/** Where a function of the program's own code waits, or a promise was made in it. */
function ownPlace(entry: WireEntry, graph: AwaitGraph): WireFrame | undefined {
  const frame = graph.frame(entry.await ?? entry.site);
  return frame && isOwn(frame.url) ? frame : undefined;
}

/** A function of the program's own code. */
export function isOwnTask({ kind, site, await: at }: WireEntry, graph: AwaitGraph): boolean {
  if (kind !== 'function' && kind !== 'module' && kind !== 'generator') return false;
  const frame = graph.frame(kind === 'generator' ? at : (site ?? at));
  return frame !== undefined && isOwn(frame.url);
}

/** It waits for something that may come at any time, and be right so: a listener, a queue, an interval, the next chunk. */
export function isPatient({ entries, leaf }: WaitChain, { task }: Pick<RuleContext, 'task'>): boolean {
  return leaf.unref === true || entries.some((entry) => PATIENT.test(task(entry).name));
}

const PATIENT =
  /^(?:events\.(?:on|once)|next chunk of a|readline\.|timers\/promises\.setInterval|setInterval )|\bweb stream\b/;
const MAX_LENGTH = 40;
