const FUNCTIONS = 6;

/** Text of a random async program whose every task tells when it starts, waits, resumes and ends. */
export function randomProgram(seed: number): string {
  return new Generator(seed).program();
}

class Generator {
  private readonly lines: string[] = [];
  private variables = 0;

  constructor(private state: number) {}

  program(): string {
    this.line(`let budget = 120;`);
    this.line(`class Shop {`);
    this.asyncFunction('async order', 'order');
    this.asyncFunction('static async open', 'open');
    this.asyncFunction('async #pack', '#pack');
    this.line(`  pack(n) { return this.#pack(n); }`);
    this.line(`}`);
    this.line(`const shop = new Shop();`);
    for (let i = 0; i < FUNCTIONS; i++) this.asyncFunction(`async function f${i}`, `f${i}`);
    this.line(`const arrow = async (n) => {`);
    this.body('arrow');
    this.line(`};`);
    this.generator();
    this.line(`T.call(f0, 5); T.call(f1, 4); setTimeout(() => T.call(f2, 4), 2);`);
    this.line(`setImmediate(() => { T.call(f3, 3); T.check(); }); process.nextTick(() => T.call(arrow, 3));`);
    return this.lines.join('\n');
  }

  private asyncFunction(head: string, name: string): void {
    this.line(`${head}(n) {`);
    this.body(name);
    this.line(`}`);
  }

  private body(name: string): void {
    this.line(`  const me = T.start(${JSON.stringify(name)});`);
    this.line(`  try {`);
    this.line(
      `    if (--budget < 0 || n <= 0) { ${this.pick(['return 1;', 'return T.returns(me, T.sleep(4));', 'return;', 'T.check(); return;'])} }`,
    );
    const count = 2 + this.below(3);
    for (let i = 0; i < count; i++) this.statement();
    if (this.below(3) === 0) this.line(`    return T.returns(me, ${this.promise()});`);
    this.line(`  } finally { T.end(me); }`);
  }

  private generator(): void {
    this.line(`async function* items(n, box) {`);
    this.line(`  const me = box.task = T.start('items', 'generator');`);
    this.line(`  try {`);
    for (let i = 0; i < 2; i++) {
      this.awaitOf(this.promise());
      this.line(`    yield ${i};`);
    }
    this.line(`  } finally { T.end(me); }`);
    this.line(`}`);
  }

  private statement(): void {
    switch (this.below(12)) {
      case 0:
      case 1:
      case 2:
        this.awaitOf(this.promise());
        return;
      case 3: {
        const v = this.variable();
        this.line(`    const ${v} = ${this.call()};`);
        this.awaitOf('T.sleep(2)');
        this.awaitOf(v);
        return;
      }
      case 4:
        this.awaitOf(this.pick(['1', 'null', '"text"']));
        return;
      case 5:
        this.awaitOf(`T.thenable(${this.below(3)})`);
        return;
      case 6:
        this.line(`    ${this.call()};`);
        this.line(`    T.check();`);
        return;
      case 7: {
        const v = this.variable();
        this.line(`    const ${v} = async () => { const me = T.start('${v}'); try {`);
        this.awaitOf(this.promise());
        this.line(`    } finally { T.end(me); } };`);
        this.awaitOf(`T.call(${v})`);
        return;
      }
      case 8: {
        const box = this.variable();
        const step = this.variable();
        const at = this.lines.length + 2;
        this.line(`    const ${box} = {}, ${step} = items(n - 1, ${box});`);
        this.line(
          `    T.waitGenerator(me, ${at}, ${box}); for await (const x of ${step}) { T.resume(me); T.waitGenerator(me, ${at}, ${box}); }`,
        );
        this.line(`    T.resume(me);`);
        return;
      }
      case 9:
        this.line(`    setImmediate(() => { ${this.call()}; });`);
        return;
      case 10:
        this.line(`    process.nextTick(() => { ${this.call()}; T.check(); });`);
        return;
      default:
        this.line(`    try { (() => { throw new Error('on purpose'); })(); } catch {}`);
        this.awaitOf('T.sleep(1)');
        return;
    }
  }

  private awaitOf(expression: string): void {
    const v = this.variable();
    const at = this.lines.length + 2;
    this.line(`    const ${v} = ${expression};`);
    this.line(`    T.wait(me, ${at}, ${v}); await ${v}; T.resume(me);`);
  }

  private promise(): string {
    switch (this.below(9)) {
      case 0:
        return 'T.sleep(3)';
      case 1:
        return `T.all([${this.call()}, 1, ${this.call()}, T.sleep(2)])`;
      case 2:
        return `T.race([${this.call()}, T.sleep(2)])`;
      case 3:
        return `T.settledAll([T.sleep(3), ${this.call()}])`;
      case 4:
        return `T.any([T.sleep(3), T.sleep(4)])`;
      case 5:
        return `T.then(${this.call()})`;
      default:
        return this.call();
    }
  }

  private call(): string {
    return this.pick([
      ...Array.from({ length: FUNCTIONS }, (_, i) => `T.call(f${i}, n - 1)`),
      'T.call(arrow, n - 1)',
      'T.call((k) => shop.order(k), n - 1)',
      'T.call((k) => Shop.open(k), n - 1)',
      'T.call((k) => shop.pack(k), n - 1)',
    ]);
  }

  private line(text: string): void {
    this.lines.push(text);
  }

  private variable(): string {
    return `v${this.variables++}`;
  }

  private below(limit: number): number {
    this.state = (Math.imul(this.state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((this.state / 2 ** 32) * limit);
  }

  private pick(choices: readonly string[]): string {
    return choices[this.below(choices.length)] ?? '';
  }
}
