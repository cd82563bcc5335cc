'use strict';
// Runs generated programs and keeps the truth about every task of the program, by the program's own word.
const name = globalThis[Symbol.for('nodejs.asyncDebugger')].name;
const agent = globalThis[Symbol.for('nodejs.asyncDebugger.agent')];
const isLate = process.env.ORACLE_LATE === '1';
const tasks = [];
const targets = new WeakMap();
/** Ids of tasks that were called and have not said yet that they started, innermost last. */
const called = [];
/** Tasks that are on the call stack, innermost last. */
let running = [];
/** A generator was entered: it goes on and stops without a word, so that nobody knows who calls whom. */
let isUnsure = false;
let nextId = 0;
let depth = 0;
/** No microtask is left, so that what has settled has also been told to those who waited. */
let isSettled = false;
/** Number of the program that runs. */
let seed = 0;
/** The agent has come again since the last moment of truth. */
let isAnew = false;

/** A promise is known by what made it. */
function describe(promise, target) {
  targets.set(promise, target);
  return promise;
}

function targetOf(value) {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return { kind: 'value' };
  return targets.get(value) ?? { kind: 'value' };
}

/** What does not say itself that it has settled is asked. */
function watch(target, promise) {
  const mark = () => {
    target.done = true;
  };
  promise.then(mark, mark);
}

function leave(task) {
  const index = running.lastIndexOf(task);
  if (index !== -1) running.length = index;
}

const T = {
  /** A task is about to be called: what it is called by is read from left to right. */
  id() {
    called.push(nextId);
    return nextId++;
  },
  start(fn, line, kind) {
    const id = kind === 'generator' ? nextId++ : (called.pop() ?? nextId++);
    const caller = isUnsure ? undefined : running.at(-1)?.id;
    const task = { id, fn, at: line, calledAt: 0, kind, state: 'running', line: 0, target: null, caller };
    tasks[id] = task;
    if (kind === 'generator') isUnsure = true;
    running.push(task);
    if (kind !== 'generator') name(`task ${id}`);
    return task;
  },
  /** `promise` is that of the task `id`, called on `line`; 0 where a builtin called it. */
  of(id, promise, line) {
    const task = tasks[id];
    if (task === undefined) {
      called.length = called.indexOf(id);
      return promise;
    }
    task.calledAt = line;
    return describe(promise, { kind: 'task', task });
  },
  /** The task awaits `promise` on `line`. */
  wait(task, line, promise) {
    leave(task);
    task.state = 'waiting';
    task.line = line;
    task.target = targetOf(promise);
  },
  /** `for await` and `yield*` wait for the generator of `box`, one request after the other. */
  waitGenerator(task, line, box) {
    leave(task);
    task.state = 'waiting';
    task.line = line;
    task.target = { kind: 'generator', box };
  },
  /** `for await` waits for a promise that a plain iterator gave. */
  waitFromSync(task, line, promise) {
    leave(task);
    task.state = 'waiting';
    task.line = line;
    task.target = { kind: 'fromSync', on: targetOf(promise) };
  },
  resume(task) {
    // an async function is resumed by nobody, a generator by whoever asks it for its next value
    running = [task];
    isUnsure = task.kind === 'generator';
    task.state = 'running';
    // the agent has forgotten it
    if (isLate && task.kind !== 'generator') name(`task ${task.id}`);
  },
  returns(task, promise) {
    task.state = 'returned';
    task.target = targetOf(promise);
    return promise;
  },
  end(task) {
    leave(task);
    if (task.state !== 'returned') task.state = 'ended';
  },
  fail(task) {
    task.state = 'ended';
  },

  sleeping: (operation, type = '') => ({ kind: 'sleep', operation, type, says: true, done: false }),
  native: (fn) => ({ kind: 'native', fn, done: false }),
  done(target, settle) {
    target.done = true;
    settle(1);
  },
  /** The promise made on `line` is `target`. */
  made(target, promise, line) {
    target.line = line;
    if (target.says !== true) watch(target, promise);
    return describe(promise, target);
  },
  sleep(ms) {
    const target = T.sleeping('Timeout');
    return T.made(target, new Promise((resolve) => setTimeout(() => T.done(target, resolve), ms)), 0);
  },
  combinator: (type, inputs) => ({ kind: 'combinator', type, inputs: inputs.map(targetOf), done: false }),
  /** Waits for `parent`, and once its callback has run for what that gave. */
  chain(type, parent) {
    const on = parent === undefined ? { kind: 'value' } : targetOf(parent);
    return {
      kind: 'chain',
      type,
      parent,
      on,
      moved: false,
      done: false,
      ran(value) {
        this.moved = true;
        this.on = targetOf(value);
        if (type === 'finally') this.on = { kind: 'chain', type: 'inside finally', on: this.on, moved: true };
        return value;
      },
    };
  },
  /** A request to the generator of `box`; `value` is what it was given to return. */
  request(box, promise, value) {
    const requests = (box.requests ??= []);
    const wasQueued = requests.some((before) => !before.done);
    const target = { kind: 'request', box, done: false, wasQueued, first: targetOf(value) };
    requests.push(target);
    return T.made(target, promise, 0);
  },
  /** An instance of a subclass of Promise; `on` is what it was resolved with. */
  instance: (on) => ({ kind: 'instance', on: targetOf(on), says: on === undefined, done: false }),
  thenable(settleBy, beside = () => {}) {
    const target = { kind: 'thenable', operation: settleBy, isBusy: arguments.length > 1, done: false };
    return describe(
      {
        then(resolve) {
          const settle = () => T.done(target, resolve);
          if (settleBy === 'Timeout') setTimeout(settle, 3);
          else if (settleBy === 'Immediate') setImmediate(settle);
          else if (settleBy === 'tick') process.nextTick(() => setTimeout(settle, 3));
          else settle();
          beside();
        },
      },
      target,
    );
  },
  /** A thenable that waits for a promise, which it may make when it is asked. */
  thenableOf(make, beside = () => {}) {
    const target = { kind: 'thenable', operation: 'promise', isBusy: arguments.length > 1, done: false };
    return describe(
      {
        then(resolve) {
          const settle = () => T.done(target, resolve);
          beside();
          const firstId = nextId;
          const promise = make();
          // a task that it calls may call others before it waits, in executions of their own
          target.isBusy ||= nextId - firstId > 1;
          target.on = targetOf(promise);
          return promise.then(settle, settle);
        },
      },
      target,
    );
  },
  disposable(task, line, promise) {
    return {
      [Symbol.asyncDispose]() {
        T.wait(task, line, promise);
        return promise;
      },
    };
  },
  /** A moment of truth inside running code. */
  check() {
    attachAnew();
    emit(false);
  },
};

/** 'yes', 'no', or 'maybe': it has settled, or is about to in a microtask that is queued. */
function pendingOf(target) {
  switch (target.kind) {
    case 'value':
      return isSettled ? 'no' : 'maybe';
    case 'task':
      return taskPending(target.task);
    case 'generator':
      return isSettled ? 'yes' : 'maybe';
    case 'fromSync': {
      const pending = pendingOf(target.on);
      return pending === 'no' && !isSettled ? 'maybe' : pending;
    }
    case 'sleep':
      if (target.says) return target.done ? 'no' : 'yes';
      break;
    case 'instance':
      if (target.says) return target.done ? 'no' : 'yes';
      break;
    case 'thenable':
      return target.done ? (isSettled ? 'no' : 'maybe') : 'yes';
  }
  if (target.done) return 'no';
  if (isSettled)
    return target.kind === 'chain' && target.type === 'inside finally' ? pendingOf(target.on) : 'yes';
  return isSurelyPending(target) ? 'yes' : 'maybe';
}

function taskPending(task) {
  if (task.state === 'ended') return 'no';
  if (task.state !== 'returned') return 'yes';
  const pending = pendingOf(task.target);
  return pending === 'no' && !isSettled ? 'maybe' : pending;
}

function isSurelyPending(target) {
  if (target.kind === 'chain') return pendingOf(target.on) === 'yes';
  return (
    target.kind === 'combinator' &&
    target.inputs.length > 0 &&
    target.inputs.every((t) => pendingOf(t) === 'yes')
  );
}

/** A target as the comparison gets it. */
function shown(target) {
  const pending = pendingOf(target);
  const { kind, line = 0 } = target;
  switch (kind) {
    case 'task':
      return { kind, task: target.task.id, pending };
    case 'generator':
      return { kind, task: shownGenerator(target.box), pending };
    case 'request': {
      const isHead = target.box.requests.find((request) => !request.done) === target;
      const first = pendingOf(target.first) === 'no' ? undefined : shown(target.first);
      return { kind, pending, isHead, wasQueued: target.wasQueued, task: shownGenerator(target.box), first };
    }
    case 'combinator': {
      const inputs = target.inputs.filter((input) => pendingOf(input) !== 'no').map(shown);
      return { kind, type: target.type, line, pending, total: target.inputs.length, inputs };
    }
    case 'chain':
      return { kind, type: target.type, line, pending, moved: target.moved, on: shown(target.on) };
    case 'fromSync':
    case 'instance':
      return { kind, line, pending, on: shown(target.on) };
    case 'sleep':
      return { kind, line, pending, type: target.type, operation: target.operation };
    case 'thenable': {
      const on = target.on === undefined || pendingOf(target.on) === 'no' ? undefined : shown(target.on);
      return { kind, pending, operation: target.operation, on, isBusy: target.isBusy };
    }
    default:
      return { kind, line, pending, fn: target.fn };
  }
}

function shownGenerator({ task }) {
  if (task === undefined || task.state !== 'waiting') return undefined;
  return { id: task.id, line: task.line, target: shown(task.target) };
}

function emit(settled) {
  if (depth > 0) return;
  depth++;
  isSettled = settled;
  const alive = [];
  for (const id of Object.keys(tasks)) {
    const task = tasks[id];
    if (taskPending(task) !== 'no') alive.push(task);
    else delete tasks[id];
  }
  globalThis.probe(settled ? 'settled' : 'amid', {
    seed,
    isAnew,
    tasks: alive
      .filter((task) => task.kind !== 'generator')
      .map((task) => ({
        ...task,
        pending: taskPending(task),
        target: task.target === null ? null : shown(task.target),
      })),
  });
  isAnew = false;
  depth--;
}

/** Every so often the agent goes, and comes while what runs now is running. */
function attachAnew() {
  if (!isLate || depth > 0 || (seed + nextId) % 9 !== 0) return;
  agent.stop();
  agent.connect({
    thresholdMs: 0,
    siteBudget: Number(process.env.PROBE_SITE_BUDGET),
    hasDebugger: process.env.PROBE_DEBUGGER === '1',
  });
  isAnew = true;
}

globalThis.T = T;
process.on('unhandledRejection', () => {});

/** Runs the programs one after the other, with a few moments of truth from outside each. */
async function run(files) {
  for (const file of files) {
    seed = Number(/seed(\d+)\.js$/.exec(file)[1]);
    globalThis.seedBudget?.(seed);
    require(file);
    for (let round = 0; round < 8; round++) {
      await new Promise((resolve) => setTimeout(resolve, 2));
      await new Promise((resolve) => setImmediate(resolve));
      attachAnew();
      setTimeout(emit, 0, true);
    }
  }
}

void run(process.argv.slice(2));
