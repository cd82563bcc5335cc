import type { WireFrame } from '../../protocol/wire.js';
import { isDependency, isNodeInternal, isOwn } from '../codeOrigin.js';
import type { BlockEvidence } from './blockEvidence.js';
import { isLoader } from './codeLoading.js';
import type { LineSamples, StackSamples } from './stackSamples.js';

/** Why a turn took so long. */
export type BlockingCause =
  | 'javascript'
  | 'synchronous call'
  | 'native call'
  | 'regular expression'
  | 'microtasks'
  | 'garbage collection'
  | 'module loading'
  | 'unknown';

/** What is known of the script that a line is in: its text, if it could be read. */
export interface CallFinder {
  /**
   * The line of the last call before a place, unless a loop goes round there, and the name of the only call.
   * `callsNothing`: there is none that could have kept the loop from answering.
   */
  find(line: LineSamples): { frame?: WireFrame; name?: string; callsNothing?: true } | undefined;
  /** What the loop whose rounds end at this line calls in each of them, if nothing else can take long. */
  repeated(line: LineSamples): { frame: WireFrame; name: string } | undefined;
  /**
   * What the callback calls that is given away at this place, if that is one native call alone. In microtasks it is
   * that of a promise, else that of a timer.
   */
  callback(made: WireFrame, inMicrotasks: boolean): { frame: WireFrame; name: string } | undefined;
  /** The await of the function that is entered at this place, if it has one only. */
  resumption(head: WireFrame): WireFrame | undefined;
}

/** What follows from what was seen of a block. */
export interface Diagnosis {
  cause: BlockingCause;
  /** `fs.readFileSync`, `JSON.parse`, `a regular expression`; absent where none is known. */
  call?: string;
  /** No stack tells the call, but what the program's text leaves. */
  isProbable: boolean;
  /** What the site is told by: the hottest line, else where its task or resource was made. Absent: neither is known. */
  place?: WireFrame;
  /** Top first; the place in it is the one that is shown. */
  stack: readonly WireFrame[];
  /**
   * Blocks that share one are one warning: the same line, or the same function unless it calls something synchronous on
   * a line of its own.
   */
  keys: readonly string[];
}

/** Tells the line and the cause of a block. It looks up at most a few places in the scripts, and changes nothing. */
export function diagnose(evidence: BlockEvidence, scripts: CallFinder): Diagnosis {
  const findings = new Findings(evidence, scripts);
  const { cause, call, place } = findings;
  return {
    cause,
    isProbable: findings.probable !== undefined,
    stack: findings.stack,
    keys: findings.keys,
    ...(call !== undefined && { call }),
    ...(place && { place }),
  };
}

type Found = ReturnType<CallFinder['find']>;
type Repeated = ReturnType<CallFinder['repeated']>;

/** Each is found once, from those before it. */
class Findings {
  private readonly isChain: boolean;
  private readonly hot: LineSamples | undefined;
  /** Most of it came while a callback did not answer until it was over: what in it can have taken so long. */
  readonly probable: ReturnType<CallFinder['callback']>;
  /** What the text of the line's script leaves as the call that took long. */
  private readonly found: Found;
  /**
   * Many short calls: the loop answers between them. What runs between two answers has neither a loop nor a function
   * of its own, so that only the call can take long.
   */
  private readonly repeated: Repeated;
  /** Most of it came after the last answer, and in native code: no stack tells of that, nor does a line. */
  private readonly endedUnseen: boolean;
  readonly call: string | undefined;
  readonly cause: BlockingCause;
  readonly place: WireFrame | undefined;

  constructor(
    private readonly evidence: BlockEvidence,
    private readonly scripts: CallFinder,
  ) {
    const { silentCallback } = evidence;
    this.isChain = evidence.isChain;
    const hot = (this.hot = hottest(evidence.samples, this.isChain));
    this.probable = silentCallback && scripts.callback(silentCallback.madeAt, silentCallback.inMicrotasks);
    const isOpen = hot?.where !== 'at' || hot.call?.name === 'zlib' || evidence.isNative;
    this.found = hot && isOpen ? scripts.find(hot) : undefined;
    const isAlone = hot !== undefined && hot.call === undefined && hot.aloneMs > hot.ms * ALONE_SHARE;
    this.repeated = isAlone ? scripts.repeated(hot) : undefined;
    this.endedUnseen = evidence.endsInNative && hot?.call === undefined && this.found?.name === undefined;
    this.call = this.findCall();
    this.cause = this.findCause();
    this.place = this.findPlace();
  }

  get stack(): readonly WireFrame[] {
    const { hot, place } = this;
    if (!hot || !place || place === this.evidence.origin) return hot?.stack ?? [];
    const { frame, stack } = hot;
    return stack.map((one) => (one === frame ? place : one));
  }

  get keys(): string[] {
    const start = this.evidence.isStartUp ? 'start-up ' : '';
    return this.placeKeys().map((key) => start + key);
  }

  private placeKeys(): string[] {
    const { hot, place } = this;
    const { origin, type } = this.evidence;
    if (hot && place && place !== origin) {
      const { url, line, function: name } = place;
      const calls = this.call !== undefined && this.cause !== 'regular expression';
      return name === '' || calls ? [`${url}:${line}`] : [`${url}#${name}`, `${url}:${line}`];
    }
    if (origin) return [`for ${origin.url}:${origin.line}:${origin.column}`];
    return [`for ${type}`];
  }

  private findCall(): string | undefined {
    const { hot, found, probable } = this;
    if (probable) return probable.name;
    if (this.endedUnseen) return undefined;
    if (hot?.call) return hot.call.name === 'zlib' ? (found?.name ?? 'zlib') : hot.call.name;
    return this.repeated?.name ?? (this.evidence.isNative ? found?.name : undefined);
  }

  private findCause(): BlockingCause {
    const cause = this.causeByStacks();
    const isNamed = cause === 'module loading' || cause === 'microtasks' || this.call !== undefined;
    return this.evidence.collectsGarbage && !isNamed ? 'garbage collection' : cause;
  }

  private causeByStacks(): BlockingCause {
    const { hot, found } = this;
    const { isNative } = this.evidence;
    if (hot && loadsModules(hot)) return 'module loading';
    if (this.isChain) return 'microtasks';
    if (this.probable) return 'synchronous call';
    if (!hot || isNodeInternal(hot.frame.url)) return isNative ? 'native call' : 'unknown';
    if (this.endedUnseen) return 'native call';
    if (hot.call) return hot.call.kind;
    if (this.repeated) return 'synchronous call';
    if (found?.callsNothing) return 'javascript';
    // seen several times where a loop's round ends, it answered, though late
    const goesRound = found !== undefined && found.frame === undefined;
    if (!isNative) return hot.where === 'at' || goesRound ? 'javascript' : 'unknown';
    if (found?.name !== undefined) return 'synchronous call';
    // questions are late on a busy machine, too: what answers several, on a line without such a call, is JavaScript
    return hot.where === 'at' && found !== undefined && hot.count > 1 ? 'javascript' : 'native call';
  }

  private findPlace(): WireFrame | undefined {
    const { hot, probable } = this;
    const { origin } = this.evidence;
    if (probable) return probable.frame;
    if ((!hot || isEntry(hot) || isNodeInternal(hot.frame.url)) && this.isChain) {
      const resumed = this.evidence.awaitAt ?? this.onlyAwait(hot?.frame) ?? this.onlyAwait(origin);
      if (resumed) return resumed;
    }
    if (!hot || isLoader(hot.frame)) return origin ?? hot?.frame;
    if (!isOwn(hot.frame.url) || this.endedUnseen) return origin ?? hot.frame;
    return this.repeated?.frame ?? this.found?.frame ?? hot.frame;
  }

  /** V8 stops a function that goes on after an await where the function begins, which is also where its task is made. */
  private onlyAwait(head: WireFrame | undefined): WireFrame | undefined {
    return head && this.scripts.resumption(head);
  }
}

/** The line that held the loop. */
function hottest(samples: StackSamples, isChain: boolean): LineSamples | undefined {
  // between its links Node itself is seen, which tells nothing
  const links = isChain ? samples.lines().filter(({ frame }) => !isNodeInternal(frame.url)) : [];
  return links.find((link) => !isEntry(link)) ?? links[0] ?? samples.hot;
}

function isEntry({ frame, stack }: LineSamples): boolean {
  return stack[0] === frame && frame.entered === true;
}

/** Code of packages, or Node's own, that runs because something was required or imported. */
function loadsModules({ frame, stack }: LineSamples): boolean {
  const isForeign = isDependency(frame.url) || isNodeInternal(frame.url);
  const called = isForeign ? stack : stack.slice(0, Math.max(0, stack.indexOf(frame)));
  return called.some(isLoader);
}

/** Of the time of a line: from this share on it is the line itself, and not what it calls. */
const ALONE_SHARE = 0.5;
