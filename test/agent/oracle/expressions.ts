import type { Features } from './features.js';
import type { Random } from './random.js';

/** Everything that can be awaited, as random expressions of one line each. */
export class Expressions {
  /** How each function of the program is called; each call says so itself. */
  readonly calls: string[] = [];
  /** How the function that is being written calls itself. */
  own: string | undefined;
  /** Expressions that give a task's promise and say so themselves. */
  readonly promises: string[] = [];
  /** How each async generator is called, given the name of its box. */
  readonly generators: ((box: string) => string)[] = [];

  constructor(
    private readonly random: Random,
    private readonly features: Features,
  ) {}

  awaitable(): string {
    const { random } = this;
    switch (random.below(12)) {
      case 0:
        return random.pick(['1', 'null', '"text"', '{}', 'Promise.resolve(1)']);
      case 1:
        return this.thenable();
      case 2:
        return this.instance();
      default:
        return this.promise();
    }
  }

  promise(depth = 0): string {
    const { random } = this;
    const kind = random.below(depth > 1 ? 10 : 18);
    if (kind < 6) return this.call();
    if (kind < 10) return this.sleep();
    if (kind < 14) return this.combinator(depth + 1);
    if (kind < 17) return this.chain(depth + 1);
    return this.once();
  }

  /** A call of one of the program's async functions. */
  call(): string {
    const { random } = this;
    if (this.promises.length > 0 && random.oneIn(20)) return random.pick(this.promises);
    const plain = this.own !== undefined && random.oneIn(6) ? this.own : random.pick(this.calls);
    switch (random.below(24)) {
      case 0:
      case 1:
        return `als.run(1, () => ${plain})`;
      case 2:
      case 3:
        return `scope.runInAsyncScope(() => ${plain})`;
      case 4:
        return `AsyncResource.bind(() => ${plain})()`;
      case 5:
        return `[n].map(() => ${plain})[0]`;
      case 6:
        return `als.exit(() => ${plain})`;
      case 7:
        return `Promise.resolve(${plain})`;
      case 8:
        return `(() => { try { return ${plain}; } finally { T.check(); } })()`;
      case 9:
        return `scope.runInAsyncScope(() => scope.runInAsyncScope(() => ${plain}))`;
      case 10:
        return `deep(() => ${plain})`;
      default:
        return plain;
    }
  }

  thenable(): string {
    const { random } = this;
    // what else its `then` begins, or in another execution, may be taken for what settles it
    const beside = random.pick(['', '', `, () => ${this.besideThenable()}`]);
    switch (random.below(5)) {
      case 0:
        return `((p) => T.thenableOf(() => p${beside}))(${this.call()})`;
      case 1: {
        const call = this.call();
        const isElsewhere = /AsyncResource|runInAsyncScope/.test(call);
        return `T.thenableOf(() => ${call}${isElsewhere && beside === '' ? ', () => {}' : beside})`;
      }
      default:
        return `T.thenable('${random.pick(['Timeout', 'Immediate', 'tick', 'none'])}'${beside})`;
    }
  }

  private besideThenable(): string {
    const { random } = this;
    return random.pick([
      'process.nextTick(() => {})',
      'setTimeout(() => {}, 2).unref()',
      'queueMicrotask(() => {})',
      'new Promise((ok) => { setTimeout(ok, 2); })',
      `${this.call()}.then(() => {}, () => {})`,
      `${this.call()}.finally(() => {}).catch(() => {})`,
    ]);
  }

  /** An instance of a subclass of Promise. */
  instance(): string {
    const { random } = this;
    const type = random.pick(['Later', 'Explicit']);
    if (random.oneIn(2)) {
      return `((p) => T.made(T.instance(p), ${type}.resolve(p), @))(${this.promise(2)})`;
    }
    return `((s) => T.made(s, new ${type}((ok) => { setTimeout(() => T.done(s, ok), 3); }), @))(T.instance())`;
  }

  sleep(): string {
    const { random } = this;
    switch (random.below(7)) {
      case 0:
        return `T.sleep(${1 + random.below(4)})`;
      case 1:
        return `T.made(T.native('setTimeout'), timers.setTimeout(3, 1), 0)`;
      case 2:
        return `((c) => { setTimeout(() => c.abort(), 2); return T.made(T.native('setTimeout'), timers.setTimeout(${random.pick(['1', '50'])}, 1, { signal: c.signal }), 0); })(new AbortController())`;
      case 3:
        if (this.features.withResolvers) {
          const { operation, code } = this.settler('w.resolve', 'w.reject');
          return `(() => { const s = T.sleeping('${operation}', 'Promise.withResolvers'), w = Promise.withResolvers(); ${code}; return T.made(s, w.promise, @); })()`;
        }
    }
    const { operation, code } = this.settler('ok', 'no');
    return `((s) => T.made(s, new Promise((ok, no) => { ${code}; }), @))(T.sleeping('${operation}'))`;
  }

  /** Code that settles the promise of `s`, and the operation that this takes. */
  private settler(resolve: string, reject: string): { operation: string; code: string } {
    const { random } = this;
    const settle = `() => T.done(s, ${random.oneIn(6) ? reject : resolve})`;
    switch (random.below(8)) {
      case 0:
        return { operation: 'Immediate', code: `setImmediate(${settle})` };
      case 1:
        return { operation: 'none', code: `process.nextTick(${settle})` };
      case 2:
        return { operation: 'none', code: `queueMicrotask(${settle})` };
      case 3:
        return {
          operation: 'Timeout',
          code: `const e = new EventEmitter(); e.once('go', ${settle}); setTimeout(() => e.emit('go'), 2)`,
        };
      default:
        return { operation: 'Timeout', code: `setTimeout(${settle}, ${1 + random.below(4)})` };
    }
  }

  private combinator(depth: number): string {
    const { random } = this;
    const name = random.pick(['all', 'race', 'allSettled', 'any']);
    const inputs = Array.from({ length: 1 + random.below(3) }, () => this.input(depth));
    return `((i) => T.made(T.combinator('Promise.${name}', i), Promise.${name}(i), @))([${inputs.join(', ')}])`;
  }

  private input(depth: number): string {
    switch (this.random.below(12)) {
      case 0:
        return '1';
      case 1:
        return this.thenable();
      case 2:
        return this.instance();
      default:
        return this.promise(depth);
    }
  }

  /** `then` and its kin, and other promises that go on with the one that a callback gave. */
  private chain(depth: number): string {
    const { random } = this;
    const parent = this.promise(depth);
    const given = random.pick(['1', this.promise(depth), this.call(), this.thenable()]);
    const made = (type: string, code: string): string =>
      `((c) => T.made(c, ${code}, @))(T.chain('${type}', ${parent}))`;
    switch (random.below(10)) {
      case 0:
        return made('then', `c.parent.then((x) => x)`);
      case 8:
        return made('around', `new Promise((ok, no) => { c.parent.then(ok, no); })`);
      case 1:
        return made('then', `c.parent.then(() => c.ran(${given}), () => c.ran(${given}))`);
      case 2:
        return made('catch', `c.parent.catch(() => c.ran(${given}))`);
      case 3:
        return made('finally', `c.parent.finally(() => c.ran(${given}))`);
      case 4:
        return made('then', `c.parent.then(async () => { throw new Error('on purpose'); })`);
      case 5:
        return `((c) => T.made(c, new Promise((ok) => ok(c.ran(c.parent))), @))(T.chain('new', ${parent}))`;
      case 6:
        return `((c) => T.made(c, new Promise((ok) => { setTimeout(() => ok(c.ran(${given})), 1); }), @))(T.chain('new'))`;
      case 7:
        if (this.features.promiseTry)
          return `((c) => T.made(c, Promise.try(() => c.ran(${given})), @))(T.chain('try'))`;
        break;
    }
    return made('then', `c.parent.then(() => c.ran(${given}))`);
  }

  private once(): string {
    return `((e) => { setTimeout(() => e.emit('go'), 2); return T.made(T.native('once'), events.once(e, 'go'), @); })(new EventEmitter())`;
  }
}
