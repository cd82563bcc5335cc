import { relative, sep } from 'node:path';

/**
 * What the tree says of one request, held against what is known of it:
 *
 * - `operation`: right, and every leaf is the operation itself
 * - `promise`: right, and a leaf is the promise that the library has made for it
 * - `unknown`: nothing false, but a chain ends before its leaf
 * - `wrong`: a place or a leaf that is another request's, or nobody's
 * - `missing`: the request has no row
 *
 * @typedef {'operation' | 'promise' | 'unknown' | 'wrong' | 'missing'} Verdict
 *
 * @typedef {object} Truth
 * @property {string} path      of the request; its row is `GET <path>`
 * @property {string[]} places  `file:line` of every await in the program's own files, the handler's first
 * @property {import('./routes.mjs').Leaf[]} leaves
 *
 * @typedef {import('../../src/protocol/snapshot.js').Task} Task
 */

/** Judges the requests of one process. */
export class Judge {
  #folder;
  #addresses;
  #byId = new Map();
  #byCreator = new Map();
  #requests = new Map();
  /** Connections that serve one request at a time. */
  #taken = new Set();

  /**
   * @param {Task[]} tasks   of the process
   * @param {string} folder  of the program's own files
   * @param {Partial<Record<import('./routes.mjs').Leaf['kind'], string>>} addresses `HOST:PORT` of who answers
   */
  constructor(tasks, folder, addresses) {
    this.#folder = folder;
    this.#addresses = addresses;
    for (const task of tasks) {
      this.#byId.set(task.id, task);
      const others = this.#byCreator.get(task.createdBy);
      if (others === undefined) this.#byCreator.set(task.createdBy, [task]);
      else others.push(task);
      if (REQUEST_TYPES.has(task.type)) this.#requests.set(task.name, task);
    }
  }

  /**
   * @param {Truth} truth
   * @returns {{ verdict: Verdict, why?: string }}
   */
  judge({ path, places, leaves }) {
    const request = this.#requests.get(`GET ${path}`);
    if (request === undefined) return { verdict: 'missing', why: 'it has no row' };
    const family = reach(request, (task) => this.#byCreator.get(task.id) ?? []);
    const astray = this.#awaitPlaces(family).find((place) => !places.includes(place));
    if (astray !== undefined) return wrong(`a task below its row waits at ${astray}`);
    const handler = family.find((task) => this.#place(task.awaitingAt) === places[0]);
    if (handler === undefined) return unknown(`no task below its row waits at ${places[0]}`);
    // who holds what it waits for is another request
    const chain = reach(handler, (task) =>
      isPool(task) ? [] : task.awaits.flatMap((id) => this.#byId.get(id) ?? []),
    );
    const passed = this.#awaitPlaces(chain);
    const strange = passed.find((place) => !places.includes(place));
    if (strange !== undefined) return wrong(`it leads to ${strange}`);
    const unseen = places.find((place) => !passed.includes(place));
    if (unseen !== undefined) return unknown(`it does not lead to ${unseen}`);
    return this.#judgeLeaves(
      leaves,
      chain.filter((task) => (task.awaits.length === 0 || isPool(task)) && !isTimeLimit(task)),
    );
  }

  #judgeLeaves(expected, found) {
    const left = [...expected];
    let verdict = 'operation';
    for (const task of found) {
      const isOperation = OPERATION_KINDS.has(task.kind);
      if (!isOperation && this.#place(task.awaitingAt ?? task.createdAt) !== undefined)
        return unknown(`it ends at ${text(task)}`);
      const index = left.findIndex((leaf) => this.#isOperation(task, leaf) || isPromise(task, leaf));
      if (index < 0) return wrong(`it ends at ${text(task)}`);
      const [leaf] = left.splice(index, 1);
      if (!this.#isOperation(task, leaf)) verdict = 'promise';
      else if (!SHARED.has(leaf.kind)) {
        if (this.#taken.has(task.id)) return wrong(`it ends at ${text(task)}, as another request does`);
        this.#taken.add(task.id);
      }
    }
    return left.length === 0 ? { verdict } : unknown('it has fewer ends than it waits for');
  }

  #isOperation(task, { kind, path }) {
    if (!OPERATION_KINDS.has(task.kind)) return false;
    if (isPool(task)) return kind === 'connection';
    const words = `${task.name} ${task.detail ?? ''}`.split(' ');
    if (path !== undefined && words.some((word) => word.startsWith('/'))) return words.includes(path);
    return this.#addresses[kind] !== undefined && words.includes(this.#addresses[kind]);
  }

  #awaitPlaces(tasks) {
    return tasks.flatMap(({ state, awaitingAt }) => (OVER.has(state) ? [] : (this.#place(awaitingAt) ?? [])));
  }

  /** `file:line` of a place in the program's own files. */
  #place(site) {
    if (site?.file.startsWith(this.#folder + sep) !== true) return undefined;
    return `${relative(this.#folder, site.file).split(sep).join('/')}:${site.line}`;
  }
}

const REQUEST_TYPES = new Set(['HTTPSERVERREQUEST', 'HTTPINCOMINGMESSAGE']);
/** A task that has ended stays in the tree for a while. */
const OVER = new Set(['fulfilled', 'rejected']);
const OPERATION_KINDS = new Set(['operation', 'handle']);

/** Several requests wait for it, or over one connection. */
const SHARED = new Set(['pop', 'session', 'connection']);

/** A pool that its library, or the program, has named. */
function isPool({ type }) {
  return type === 'NAMED';
}

/** The timer with which a package gives up an operation of its own, beside that. */
function isTimeLimit({ kind, unref, through }) {
  return kind === 'timer' && unref === true && through !== undefined;
}

/** A task and all that can be reached from it, each once. */
function reach(from, next) {
  const found = new Set([from]);
  for (const task of found) for (const each of next(task)) found.add(each);
  return [...found];
}

function isPromise(task, { packages }) {
  if (OPERATION_KINDS.has(task.kind) || task.kind === 'timer') return false;
  const file = (task.createdAt ?? task.awaitingAt)?.file ?? '';
  return packages.some((name) => file === name || file.includes(`${sep}node_modules${sep}${name}${sep}`));
}

function text({ name, createdAt, awaitingAt }) {
  const site = awaitingAt ?? createdAt;
  const place = site === undefined ? 'no place' : `${site.file.split(sep).slice(-3).join('/')}:${site.line}`;
  return `${name} (${place})`;
}

function wrong(why) {
  return { verdict: 'wrong', why };
}

function unknown(why) {
  return { verdict: 'unknown', why };
}
