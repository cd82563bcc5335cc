import type { Expressions } from './expressions.js';
import type { Features } from './features.js';
import type { Random } from './random.js';
import type { Source } from './source.js';

/** What may stand in the body of an async function, `me` being its task and `n` how deep it may still call. */
export class Statements {
  constructor(
    private readonly random: Random,
    private readonly features: Features,
    private readonly expressions: Expressions,
    private readonly source: Source,
  ) {}

  /** The body of the function `name`, whose head stands on the line before. */
  body(name: string, isGenerator = false): void {
    const { random, source, expressions } = this;
    source.line(`  try {`);
    source.line(`    if (spent() || n <= 0) { ${isGenerator ? 'return;' : this.early(name)} }`);
    const count = isGenerator ? 2 : 2 + random.below(3);
    for (let i = 0; i < count; i++) {
      if (isGenerator) this.yielding(i);
      else this.statement();
    }
    if (!isGenerator && random.oneIn(3))
      source.line(
        `    return T.returns(me, ${random.oneIn(5) ? expressions.awaitable() : expressions.promise()});`,
      );
    source.line(`  } catch (e) { T.fail(me); throw e; } finally { ${this.cleanup(isGenerator)}T.end(me); }`);
  }

  private early(name: string): string {
    return this.random.pick([
      'return 1;',
      'return T.returns(me, T.sleep(4));',
      'return;',
      'T.check(); return;',
      `throw new Error('${name} on purpose');`,
    ]);
  }

  /** What a generator waits for while it is being returned from. */
  private cleanup(isGenerator: boolean): string {
    if (!isGenerator || !this.random.oneIn(2)) return '';
    return `const w = T.sleep(2); T.wait(me, @, w); await w; T.resume(me); `;
  }

  private yielding(i: number): void {
    const { random, source, expressions } = this;
    const v = source.variable();
    if (random.oneIn(3)) this.queued();
    switch (random.below(5)) {
      case 0:
        source.line(
          `    const ${v} = ${expressions.promise()}; T.wait(me, @, ${v}); yield ${v}; T.resume(me);`,
        );
        return;
      case 2:
        source.line(`    const ${v} = ${expressions.promise()};`);
        source.line(`    T.waitFromSync(me, @, ${v}); yield* [${v}]; T.resume(me);`);
        return;
      case 1: {
        const call = random.pick(expressions.generators)(v);
        source.line(`    const ${v} = {}; T.waitGenerator(me, @, ${v}); yield* ${call}; T.resume(me);`);
        return;
      }
      default:
        this.awaitOf(expressions.promise());
        source.line(`    yield ${i}; T.resume(me);`);
    }
  }

  statement(): void {
    const { random, source, expressions } = this;
    switch (random.below(22)) {
      case 0:
      case 1:
      case 2:
      case 3:
        this.awaitOf(expressions.awaitable());
        return;
      case 4: {
        const v = source.variable();
        source.line(`    const ${v} = ${expressions.call()};`);
        this.awaitOf('T.sleep(2)');
        this.awaitOf(v);
        return;
      }
      case 5:
        source.line(`    ${expressions.call()};`);
        source.line(`    T.check();`);
        return;
      case 6:
        this.innerFunction();
        return;
      case 7:
        this.forAwait();
        return;
      case 8:
        this.forAwaitOfPromises();
        return;
      case 9:
        this.forAwaitOfIterator();
        return;
      case 10:
      case 11:
        this.requests();
        return;
      case 12:
      case 13:
        this.starter();
        return;
      case 14:
        this.watchers();
        return;
      case 15:
        this.nested();
        return;
      case 16:
        this.blocks();
        return;
      case 17:
        if (this.features.awaitUsing) this.disposal();
        else this.awaitOf(expressions.promise());
        return;
      case 18:
        this.interval();
        return;
      case 19:
        if (random.oneIn(3)) this.imported();
        else this.awaitOf(expressions.promise());
        return;
      default:
        source.line(`    try { (() => { throw new Error('on purpose'); })(); } catch {}`);
        this.awaitOf('T.sleep(1)');
        return;
    }
  }

  private awaitOf(expression: string): void {
    const { random, source } = this;
    const v = source.variable();
    source.line(`    const ${v} = ${expression};`);
    const wait = `T.wait(me, @, ${v}); await ${v};`;
    source.line(random.oneIn(4) ? `    ${wait} T.resume(me);` : `    try { ${wait} } catch {} T.resume(me);`);
  }

  private innerFunction(): void {
    const { random, source, expressions } = this;
    const v = source.variable();
    if (random.oneIn(3)) {
      source.line(`    const ${v} = T.of(T.id(), (async function at() { const me = T.start('at', @); try {`);
      this.awaitOf(expressions.promise());
      source.line(`    } catch (e) { T.fail(me); throw e; } finally { T.end(me); } })(), 0);`);
      this.awaitOf(v);
      return;
    }
    const head = random.pick([`async () => {`, `async function () {`, `async function inner${v}() {`]);
    const name = head.includes('inner') ? `inner${v}` : v;
    source.line(`    const ${v} = ${head} const me = T.start('${name}', @); try {`);
    this.awaitOf(expressions.promise());
    source.line(`    } catch (e) { T.fail(me); throw e; } finally { T.end(me); } };`);
    this.awaitOf(`T.of(T.id(), ${v}(), @)`);
  }

  private forAwait(): void {
    const { random, source, expressions } = this;
    const box = source.variable();
    const step = source.variable();
    const leave = random.pick([
      '',
      '',
      `if (T.waitGenerator(me, @, ${box}), x === 0) break;`,
      `if (x === 0) throw 0;`,
    ]);
    source.line(`    const ${box} = {}, ${step} = ${random.pick(expressions.generators)(box)};`);
    source.line(
      `    try { T.waitGenerator(me, @, ${box}); for await (const x of ${step}) { ${leave} T.resume(me); T.waitGenerator(me, @, ${box}); } } catch {} T.resume(me);`,
    );
  }

  private forAwaitOfPromises(): void {
    const { random, source, expressions } = this;
    const items = [expressions.promise(), '1', expressions.promise()];
    if (random.oneIn(2)) {
      const v = source.variable();
      source.line(`    const ${v} = [${items.join(', ')}];`);
      source.line(
        `    try { let i = 0; T.waitFromSync(me, @, ${v}[0]); for await (const x of ${v}) { T.resume(me); T.waitFromSync(me, @, ${v}[++i]); } } catch {} T.resume(me);`,
      );
      return;
    }
    const given = items.map(
      (item) => `{ const p = ${item}; T.waitFromSync(me, @, p); yield p; T.resume(me); }`,
    );
    source.line(
      `    try { for await (const x of (function* () { ${given.join(' ')} T.waitFromSync(me, @); })()) { T.resume(me); } } catch {} T.resume(me);`,
    );
  }

  /** An async iterator written by hand. */
  private forAwaitOfIterator(): void {
    const { random, source, expressions } = this;
    const v = source.variable();
    source.line(`    let ${v} = 0;`);
    if (random.oneIn(2)) {
      source.line(
        `    const ${v}next = () => ((c) => T.made(c, c.parent.then(() => ({ done: ++${v} > 2 })), @))(T.chain('then', ${expressions.promise()}));`,
      );
    } else {
      source.line(`    const ${v}next = () => T.of(T.id(), ${v}task(), @);`);
      source.line(`    const ${v}task = async () => { const me = T.start('${v}task', @); try {`);
      this.awaitOf(expressions.promise());
      source.line(
        `    return { done: ++${v} > 2 }; } catch (e) { T.fail(me); throw e; } finally { T.end(me); } };`,
      );
    }
    source.line(
      `    try { for await (const x of { [Symbol.asyncIterator]: () => ({ next() { const p = ${v}next(); T.wait(me, @, p); return p; } }) }) { T.resume(me); } } catch {} T.resume(me);`,
    );
  }

  /** `next`, `return` and `throw` called by hand, some before the one before has been answered. */
  private requests(): void {
    const { random, source, expressions } = this;
    const box = source.variable();
    const it = source.variable();
    source.line(`    const ${box} = {}, ${it} = ${random.pick(expressions.generators)(box)};`);
    const request = (): string => {
      switch (random.below(5)) {
        case 0:
          return `((p) => T.request(${box}, ${it}.return(p), p))(${random.pick(['1', expressions.promise()])})`;
        case 1:
          return `T.request(${box}, ${it}.throw(new Error('on purpose')))`;
        default:
          return `T.request(${box}, ${random.pick([`${it}.next()`, `step(${it})`])})`;
      }
    };
    if (random.oneIn(2)) {
      const early = source.variable();
      source.line(`    const ${early} = T.request(${box}, step(${it}));`);
      this.awaitOf(request());
      this.awaitOf(early);
    } else {
      this.awaitOf(`T.request(${box}, ${random.pick([`${it}.next()`, `step(${it})`])})`);
      this.awaitOf(request());
    }
  }

  /** Two requests at once: the second waits for the first. */
  private queued(): void {
    const { random, source, expressions } = this;
    const box = source.variable();
    const it = source.variable();
    source.line(`    const ${box} = {}, ${it} = ${random.pick(expressions.generators)(box)};`);
    source.line(`    T.request(${box}, step(${it})); T.request(${box}, step(${it}));`);
  }

  private starter(): void {
    const { random, source, expressions } = this;
    const call = expressions.call();
    source.line(
      random.pick([
        `    setImmediate(() => { ${call}; });`,
        `    process.nextTick(() => { ${call}; T.check(); });`,
        `    queueMicrotask(() => { ${call}; T.check(); });`,
        `    setTimeout(() => { ${call}; T.check(); }, 1);`,
        `    Promise.resolve().then(() => { ${call}; T.check(); });`,
        `    later(() => { ${call}; T.check(); });`,
        `    emitter.once('start', () => { ${call}; T.check(); }); emitter.emit('start');`,
        `    scope.runInAsyncScope(() => { ${call}; ${expressions.call()}; T.check(); });`,
        `    scope.runInAsyncScope(() => scope.runInAsyncScope(() => { ${call}; ${expressions.call()}; T.check(); }));`,
        `    als.run(2, () => { ${call}; ${expressions.call()}; T.check(); });`,
      ]),
    );
  }

  /** Several tasks await one promise. */
  private watchers(): void {
    const { source, expressions } = this;
    const v = source.variable();
    source.line(`    const ${v} = ${expressions.promise()};`);
    source.line(`    T.of(T.id(), watch(${v}), @); T.of(T.id(), watch(${v}), @);`);
    this.awaitOf(v);
  }

  /** Several awaits in one expression. */
  private nested(): void {
    const { random, source, expressions } = this;
    const [a, b] = [source.variable(), source.variable()];
    source.line(`    const ${a} = ${expressions.promise()};`);
    source.line(`    const ${b} = ${expressions.promise()};`);
    const one = (v: string): string => `(T.wait(me, @, ${v}), await ${v})`;
    const resumed = 'T.resume(me)';
    source.line(
      `    try { ${random.pick([
        `void [${one(a)}, ${resumed}, ${one(b)}];`,
        `void \`\${${one(a)}}\${${resumed}}\${${one(b)}}\`;`,
        `const { x = ${one(a)} } = {}; ${resumed}; ${one(b)};`,
        `void (${one(a)} ?? ${one(b)});`,
        `void (await ((async) => async)(${one(a)}, ${resumed}), ${one(b)});`.replace('await ', ''),
        `void { [${one(a)}]: (${resumed}, ${one(b)}) };`,
      ])} } catch {} T.resume(me);`,
    );
  }

  /** Awaits in the blocks of other statements. */
  private blocks(): void {
    const { random, source, expressions } = this;
    switch (random.below(4)) {
      case 0:
        source.line(`    try { throw new Error('on purpose'); } catch {`);
        this.awaitOf(expressions.promise());
        source.line(`    } finally { T.resume(me);`);
        this.awaitOf(expressions.promise());
        source.line(`    }`);
        return;
      case 1:
        source.line(`    for (let i = 0; i < 2; i++) {`);
        this.awaitOf(expressions.promise());
        source.line(`    }`);
        return;
      case 2:
        source.line(`    switch (n % 2) { case 0: {`);
        this.awaitOf(expressions.promise());
        source.line(`    } default: {`);
        this.awaitOf(expressions.promise());
        source.line(`    } }`);
        return;
      default:
        source.line(`    again: do {`);
        this.awaitOf(expressions.promise());
        source.line(`    if (n % 2 === 0) break again; } while (false);`);
    }
  }

  private disposal(): void {
    const { source, expressions } = this;
    const v = source.variable();
    source.line(`    const ${v} = ${expressions.promise()};`);
    source.line(`    try { await using x = T.disposable(me, @, ${v}); } catch {} T.resume(me);`);
  }

  /** An async generator of Node's own. */
  private interval(): void {
    this.source.line(
      `    { let i = 0; T.waitGenerator(me, @, {}); for await (const x of timers.setInterval(1)) { T.resume(me); if (++i > 1) break; T.waitGenerator(me, @, {}); } T.resume(me); }`,
    );
  }

  /** A module that waits at its top level. */
  private imported(): void {
    const { source } = this;
    const v = source.variable();
    const text = `await new Promise((ok) => setTimeout(ok, 3));`;
    source.line(
      `    const ${v} = T.made(T.native('import'), import('data:text/javascript,' + encodeURIComponent(${JSON.stringify(text)} + '//' + Math.random())), 0);`,
    );
    source.line(`    T.wait(me, @, ${v}); await ${v}; T.resume(me);`);
  }
}
