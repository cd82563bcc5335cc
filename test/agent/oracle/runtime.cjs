'use strict';
// Runs generated programs and keeps the truth about every task of the program, by the program's own word.
const name = globalThis[Symbol.for('nodejs.asyncDebugger')].name;
const tasks = [];
const targets = new WeakMap();
const sleeps = [];
let depth = 0;

/** A promise is known by what made it. */
function describe(promise, target) {
  targets.set(promise, target);
  return promise;
}

const T = {
  start(fn, kind) {
    const task = { id: tasks.length, fn, kind, state: 'running', line: 0, target: null };
    tasks.push(task);
    if (kind !== 'generator') name(`task ${task.id}`);
    return task;
  },
  call(fn, ...args) {
    const id = tasks.length;
    const promise = fn(...args);
    return describe(promise, { task: id });
  },
  /** The task awaits `promise` on `line`. */
  wait(task, line, promise) {
    task.state = 'waiting';
    task.line = line;
    task.target = targetOf(promise);
  },
  waitGenerator(task, line, generator) {
    task.state = 'waiting';
    task.line = line;
    task.target = { generator };
  },
  resume(task) {
    task.state = 'running';
  },
  returns(task, promise) {
    task.state = 'returned';
    task.target = targetOf(promise);
    return promise;
  },
  end(task) {
    if (task.state !== 'returned') task.state = 'ended';
  },
  sleep(ms) {
    const sleep = { sleep: sleeps.length, done: false };
    sleeps.push(sleep);
    return describe(
      new Promise((resolve) => {
        setTimeout(() => {
          sleep.done = true;
          resolve();
        }, ms);
      }),
      sleep,
    );
  },
  all: (inputs) => describe(Promise.all(inputs), { combinator: 'Promise.all', inputs: inputs.map(targetOf) }),
  settledAll: (inputs) =>
    describe(Promise.allSettled(inputs), { combinator: 'Promise.allSettled', inputs: inputs.map(targetOf) }),
  race: (inputs) =>
    describe(Promise.race(inputs), { combinator: 'Promise.race', inputs: inputs.map(targetOf) }),
  any: (inputs) => describe(Promise.any(inputs), { combinator: 'Promise.any', inputs: inputs.map(targetOf) }),
  then: (promise) =>
    describe(
      promise.then((x) => x),
      { then: targetOf(promise) },
    ),
  thenable: (ms) => ({
    then(resolve) {
      if (ms === 0) resolve(1);
      else setTimeout(resolve, ms, 1);
    },
  }),
  /** A moment of truth inside running code. */
  check() {
    emit(false);
  },
};

function targetOf(promise) {
  return (typeof promise === 'object' && promise !== null && targets.get(promise)) || null;
}

function isPending(target) {
  if (target === null) return false;
  if ('sleep' in target) return !target.done;
  if ('task' in target) {
    const task = tasks[target.task];
    return task.state === 'ended' ? false : task.state === 'returned' ? isPending(task.target) : true;
  }
  if ('then' in target) return isPending(target.then);
  if ('generator' in target) return true;
  const pending = target.inputs.filter(isPending).length;
  const first = target.combinator === 'Promise.race' || target.combinator === 'Promise.any';
  return first ? pending === target.inputs.length && pending > 0 : pending > 0;
}

function shown(target) {
  if (target === null) return null;
  if ('inputs' in target) {
    return {
      combinator: target.combinator,
      total: target.inputs.length,
      inputs: target.inputs.filter(isPending).map(shown),
      pending: isPending(target),
    };
  }
  if ('then' in target) return { then: shown(target.then), pending: isPending(target) };
  return { ...target, pending: isPending(target) };
}

/** `settled`: no microtask is left, so that what has settled has also been told to those who waited. */
function emit(settled) {
  if (depth > 0) return;
  depth++;
  const alive = tasks.filter((t) => t.state !== 'ended' && !(t.state === 'returned' && !isPending(t.target)));
  globalThis.probe(settled ? 'settled' : 'amid', {
    tasks: alive.map((t) => ({ ...t, target: shown(t.target) })),
  });
  depth--;
}

globalThis.T = T;
process.on('unhandledRejection', () => {});

/** Runs the programs one after the other, with a few moments of truth from outside each. */
async function run(files) {
  for (const file of files) {
    require(file);
    for (let round = 0; round < 8; round++) {
      await new Promise((resolve) => setTimeout(resolve, 2));
      await new Promise((resolve) => setImmediate(resolve));
      setTimeout(emit, 0, true);
    }
  }
}

void run(process.argv.slice(2));
