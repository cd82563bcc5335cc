import type { SiteResolver } from '../../model/siteResolver.js';
import { isNodeInternal } from '../../model/codeOrigin.js';
import { basename } from '../../model/paths.js';
import { clipText } from '../../model/plainText.js';
import { resourceType } from '../../model/tasks/resourceTypes.js';
import type { Site } from '../../protocol/snapshot.js';
import type { AwaitPlace, LiveObjects, OpenResource } from '../live/liveObjects.js';
import { functionOf } from '../tasks/functions.js';
import type { SuspendedTask } from '../tasks/taskGraph.js';
import type { Anchor } from './anchor.js';
import { expressionOf } from './expression.js';
import { HolderWalk } from './holderWalk.js';
import type { Settler, Settlers } from './settlers.js';

export interface SettlerTextSources {
  settlers: Settlers;
  live: Pick<LiveObjects, 'resource'>;
  places: ReadonlyMap<SuspendedTask, AwaitPlace>;
}

/** Says who may settle a promise in words of one line. */
export class SettlerTexts {
  private readonly emitters = new Map<number, string>();

  constructor(
    private readonly sources: SettlerTextSources,
    private readonly resolver: SiteResolver,
  ) {}

  /** Beside the row of the promise; `undefined` where the tree shows what it waits for, or nothing is known. */
  short(promise: number): string | undefined {
    const { graph } = this.sources.settlers.tools;
    if (!graph.producers(promise).every(({ link }) => link === 'resolve')) return undefined;
    const settler = this.sources.settlers.of(promise);
    if (settler.kind === 'operation' || settler.kind === 'unknown') return undefined;
    if (settler.kind === 'nobody') return NOBODY_TEXT;
    if (settler.best?.kind === 'listener' && this.sources.live.resource(settler.best.emitter ?? -1))
      return undefined;
    return settler.best && `its resolve function is held by ${this.holder(settler.best)}`;
  }

  /** What somebody waits for: `'drain' of queue (EventEmitter, jobs.js)`, `waiting.get("order-42").resolve (server.js)`. */
  awaited(anchor: Anchor): string {
    if (anchor.kind === 'listener' && anchor.emitter !== undefined) {
      const event = anchor.event ? `event '${clipText(anchor.event, 40)}'` : 'an event';
      return `${event} of ${this.emitter(anchor.emitter)}`;
    }
    return `a call of its resolve function, which is held by ${this.holder(anchor)}`;
  }

  /** `waiting.get("order-42").resolve (server.js)`, `'drain' listener of Socket`, `reader (worker.js:12)`. */
  holder(anchor: Anchor): string {
    const { heap, kinds } = this.sources.settlers.tools;
    switch (anchor.kind) {
      case 'variable': {
        const where = [this.className(anchor), this.fileOf(anchor)].filter(Boolean).join(', ');
        const text = clipText(expressionOf(heap, kinds, anchor), MAX_EXPRESSION);
        return where === '' ? text : `${text} (${where})`;
      }
      case 'listener': {
        const emitter = anchor.emitter === undefined ? 'an emitter' : this.emitter(anchor.emitter);
        return anchor.event
          ? `a '${clipText(anchor.event, 40)}' listener of ${emitter}`
          : `a listener of ${emitter}`;
      }
      case 'task':
        return anchor.task ? this.task(anchor.task) : 'a suspended task';
      case 'native':
        return `native code (${clipText(anchor.native ?? '', 60)})`;
      case 'operation':
        return this.sources.live.resource(anchor.node)?.type ?? heap.name(anchor.node);
    }
  }

  /** `queue (EventEmitter, jobs.js)`: how the program may name it, else its class. */
  emitter(node: number): string {
    let text = this.emitters.get(node);
    if (text === undefined) this.emitters.set(node, (text = this.nameOf(node)));
    return text;
  }

  resolve({ url, line, column, function: name }: AwaitPlace): Site {
    return this.resolver.resolve({ url, line, column, function: name });
  }

  private nameOf(node: number): string {
    const { settlers, live } = this.sources;
    const { heap } = settlers.tools;
    const resource = live.resource(node);
    if (resource) return [resourceType(resource.type).name, addressOf(resource)].filter(Boolean).join(' ');
    const [variable] = new HolderWalk(settlers.tools, new Set())
      .from([node])
      .anchors.filter(({ kind, node: holder }) => kind === 'variable' && this.isProgram(holder))
      .sort((a, b) => a.cost - b.cost);
    return variable ? this.holder(variable) : clipText(heap.name(node), 40);
  }

  private isProgram(context: number): boolean {
    const { kinds } = this.sources.settlers.tools;
    return kinds.isContext(context) && !isNodeInternal(kinds.fileOfContext(context));
  }

  /** Function and place of a suspended task: `checkout (cart.ts:12)`. */
  task(task: SuspendedTask): string {
    const site = this.siteOf(task);
    const place = site ? ` (${basename(site.file)}:${site.line})` : '';
    return `${clipText(task.name, 60) || '<anonymous>'}${place}`;
  }

  /** Where it awaits, else where it begins. */
  siteOf(task: SuspendedTask): Site | undefined {
    const place = this.sources.places.get(task);
    const at = place ?? { url: task.url, line: task.line, column: task.column };
    if (at.url === '' || at.line < 1) return undefined;
    return this.resolver.resolve({ url: at.url, line: at.line, column: at.column, function: task.name });
  }

  /** Of what settles a promise: of a function that is called there. */
  settlerSite({ best }: Settler): Site | undefined {
    const { heap } = this.sources.settlers.tools;
    if (best?.task) return this.siteOf(best.task);
    for (const { node } of best?.steps ?? []) {
      if (heap.kind(node) !== 'closure') continue;
      const { url, line, column, name } = functionOf(heap, node);
      if (url !== '' && line > 0 && !url.startsWith('node:'))
        return this.resolver.resolve({ url, line, column, function: name });
    }
    return undefined;
  }

  /** The class of the value that the variable has, where it tells something. */
  private className({ steps }: Anchor): string {
    const { heap } = this.sources.settlers.tools;
    const value = steps[0]?.node;
    if (value === undefined || heap.kind(value) !== 'object') return '';
    const name = heap.name(value);
    return /^(Object|Array|Map|Set|system\b.*)$/.test(name) ? '' : clipText(name, 40);
  }

  private fileOf({ node }: Anchor): string {
    const { kinds } = this.sources.settlers.tools;
    const url = kinds.isContext(node) ? kinds.fileOfContext(node) : '';
    if (url === '') return kinds.isGlobal(node) ? 'a global variable' : '';
    return basename(this.resolver.resolve({ url, line: 1, column: 1, function: '' }).file);
  }
}

function addressOf({ detail: { host, port } }: OpenResource): string {
  return host === undefined ? '' : `${host}${port === undefined ? '' : `:${port}`}`;
}

export const NOBODY_TEXT = 'nobody can settle it: it will wait for ever';
const MAX_EXPRESSION = 80;
