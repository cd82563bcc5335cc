import { Expressions } from './expressions.js';
import type { Features } from './features.js';
import { Random } from './random.js';
import { Source } from './source.js';
import { Statements } from './statements.js';

/** Text of a random async program whose every task tells when it starts, waits, resumes and ends. */
export function randomProgram(seed: number, features: Features): string {
  return new Program(seed, features).text();
}

/** How many functions are standing by themselves, and how many stand in the other places that functions can. */
const FUNCTIONS = 5;
const HOMES = 5;

/** An async function that is the default of a parameter. */
const INNER = `async () => { const me = T.start('inner', @), p = T.sleep(2); T.wait(me, @, p); await p; T.end(me); }`;

/** A place where an async function can stand: how it is called, and what writes it. */
interface Home {
  call: string;
  /** Not the line of the call, where it goes through another function: unknown. */
  line?: '0';
  write: () => void;
}

class Program {
  private readonly random: Random;
  private readonly source = new Source();
  private readonly expressions: Expressions;
  private readonly statements: Statements;

  constructor(
    seed: number,
    private readonly features: Features,
  ) {
    this.random = new Random(seed);
    this.expressions = new Expressions(this.random, features);
    this.statements = new Statements(this.random, features, this.expressions, this.source);
  }

  text(): string {
    const { source, expressions, random } = this;
    source.line(`const { AsyncLocalStorage, AsyncResource } = require('node:async_hooks');`);
    source.line(`const events = require('node:events'), EventEmitter = events, vm = require('node:vm');`);
    source.line(`const timers = require('node:timers/promises'), later = setImmediate, n = 5;`);
    const storage = this.features.storage
      ? 'new AsyncLocalStorage()'
      : '{ run: (store, call) => call(), exit: (call) => call() }';
    source.line(`const als = ${storage}, scope = new AsyncResource('SCOPE'), emitter = new EventEmitter();`);
    source.line(`class Later extends Promise {}`);
    source.line(`class Explicit extends Promise { constructor(executor) { super(executor); } }`);
    source.line(`function step(it) { return it.next(); }`);
    source.line(`function deep(call, left = 24) { return left > 0 ? deep(call, left - 1) : call(); }`);
    source.line(`let budget = 90; const spent = () => --budget < 0;`);
    source.line(`async function watch(p) { const me = T.start('watch', @); try {`);
    source.line(`  T.wait(me, @, p); await p; T.resume(me);`);
    source.line(`} catch {} finally { T.end(me); } }`);
    const homes = random.shuffled(this.homes()).slice(0, HOMES);
    for (let i = 0; i < FUNCTIONS; i++) expressions.calls.push(called(`f${i}(n - 1)`));
    for (const { call, line = '@' } of homes) expressions.calls.push(called(call, line));
    expressions.generators.push(
      (box) => `items(n - 1, ${box})`,
      (box) => `shelf.list(n - 1, ${box})`,
    );
    for (let i = 0; i < FUNCTIONS; i++) this.standing(`f${i}`);
    expressions.own = undefined;
    this.generator('async function* items(n, box) {', 'items');
    source.line(
      random.pick(['class shelf { static', 'const shelf = {', 'const shelf = new class { #own = 1;']),
    );
    this.generator('async *list(n, box) {', 'list');
    source.line(`};`);
    for (const home of homes) home.write();
    this.start();
    return source.text;
  }

  private start(): void {
    const { source, expressions } = this;
    source.line(`${expressions.call()}; ${expressions.call()};`);
    source.line(`setTimeout(() => ${expressions.call()}, 2);`);
    source.line(`setImmediate(() => { ${expressions.call()}; T.check(); });`);
    source.line(`process.nextTick(() => ${expressions.call()});`);
    source.line(`queueMicrotask(() => ${expressions.call()});`);
  }

  private standing(name: string): void {
    const { random } = this;
    const inner = called(`f${random.below(FUNCTIONS)}(n - 2)`);
    const head = random.pick([
      `async function ${name}(n) {`,
      `async function ${name}(n) {`,
      `async function ${name}(n) {`,
      `async  function  ${name} (n) {`,
      `async function ${name}(...[n]) {`,
      `async function ${name}(n, me = T.start('${name}', @), first = n > 0 && !spent() ? ${inner} : 0) {`,
      `async function ${name}(n, me = T.start('${name}', @), inner = ${INNER}, first = n > 0 && !spent() ? ${called('inner()')} : 0) {`,
    ]);
    this.expressions.own = called(`${name}(n - 1)`);
    this.written(head, name, '}');
  }

  private written(
    head: string,
    name: string,
    end: string,
    statements = this.statements,
    source = this.source,
  ): void {
    source.line(head.includes('T.start') ? head : `${head} const me = T.start('${name}', @);`);
    statements.body(name);
    source.line(end);
  }

  private generator(head: string, name: string): void {
    this.source.line(`${head} const me = box.task = T.start('${name}', @, 'generator');`);
    this.statements.body(name, true);
    this.source.line('}');
  }

  private homes(): Home[] {
    const { source, random, expressions } = this;
    const member = (call: string, head: string, name: string, before: string[], end: string): Home => ({
      call,
      write: () => {
        for (const text of before) source.line(text);
        this.written(head, name, end);
      },
    });
    const through = (...args: Parameters<typeof member>): Home => ({ ...member(...args), line: '0' });
    return [
      member('arrow(n - 1)', 'const arrow = async (n) => {', 'arrow', [], '};'),
      member('single(n - 1)', 'const single = async n => {', 'single', [], '};'),
      member('expression(n - 1)', 'const expression = async function (n) {', 'expression', [], '};'),
      member('(0, named)(n - 1)', 'const named = async function own(n) {', 'own', [], '};'),
      member('new Shop().order(n - 1)', 'async order(n) {', 'order', ['class Shop {'], '} }'),
      member('Yard.open(n - 1)', 'static async open(n) {', 'open', ['class Yard {'], '} }'),
      through(
        'new Box().pack(n - 1)',
        'async #pack(n) {',
        '#pack',
        ['class Box { pack(n) { return this.#pack(n); }'],
        '} }',
      ),
      through(
        'Safe.seal(n - 1)',
        'static async #lock(n) {',
        '#lock',
        ['class Safe { static seal(n) { return this.#lock(n); }'],
        '} }',
      ),
      member('new Till().handler(n - 1)', 'handler = async (n) => {', 'handler', ['class Till {'], '}; }'),
      member('Bank.queue(n - 1)', 'static queue = async (n) => {', 'queue', ['class Bank {'], '}; }'),
      member(`new Lift()['go' + 1](n - 1)`, `async ['go' + 1](n) {`, 'go1', ['class Lift {'], '} }'),
      member('kit.work(n - 1)', 'const kit = { async work(n) {', 'work', [], '} };'),
      member(`set.k1(n - 1)`, `const set = { async ['k' + 1](n) {`, 'k1', [], '} };'),
      member(`bag['a b'](n - 1)`, `const bag = { async 'a b'(n) {`, 'a b', [], '} };'),
      member('crate.arrow2(n - 1)', 'const crate = { arrow2: async (n) => {', 'arrow2', [], '} };'),
      through(
        'new Mart().buy(n - 1)',
        'async buy(n) {',
        'buy',
        ['class Mall {'],
        '} } class Mart extends Mall { buy(n) { return super.buy(n); } }',
      ),
      {
        call: 'f1(n - 1)',
        write: () => {
          // a getter has no parameter that could become less: without an end the stack gets too deep to be read
          source.line(
            `class Front { static left = 2; get soon() { const n = Front.left--; return ${expressions.call()}; } static get now() { return T.of(T.id(), f2(Front.left--), @); } }`,
          );
          expressions.promises.push('new Front().soon', 'Front.now');
        },
      },
      { call: 'evaluated(n - 1)', write: () => this.evaluated('evaluated', (text) => `eval(${text})`) },
      { call: 'built(n - 1)', write: () => this.built() },
      {
        call: 'far(n - 1)',
        write: () =>
          this.evaluated('far', (text) => `vm.runInThisContext(${text}, 'far${random.below(1e9)}.js')`),
      },
    ];
  }

  /** A function whose text the program evaluates: its lines are those of that text. */
  private evaluated(name: string, evaluate: (text: string) => string): void {
    const text = new Source(`${name}_`);
    const inParentheses = this.random.oneIn(2);
    const head = `${inParentheses ? '(' : ''}async (n) => {`;
    // V8 names what has no name and is evaluated
    const shown = name === 'evaluated' ? 'eval' : '';
    this.written(head, shown, inParentheses ? '})' : '}', this.globalStatements(name, text), text);
    this.global(name, evaluate(JSON.stringify(text.text)));
  }

  /** A function that is made of its parameters and its body; V8 names it as what is evaluated. */
  private built(): void {
    const text = new Source('built_', 2);
    text.line(`const me = T.start('eval', 1);`);
    this.globalStatements('built', text).body('eval');
    this.global('built', `new (async () => {}).constructor('n', ${JSON.stringify(text.text)})`);
  }

  /** Statements that use only what can be seen from everywhere. */
  private globalStatements(name: string, source: Source): Statements {
    const { random, features } = this;
    const expressions = new Expressions(random, features);
    for (const call of ['f0', 'f1', name]) expressions.calls.push(called(`${call}(n - 1)`));
    expressions.generators.push(...this.expressions.generators);
    return new Statements(random, features, expressions, source);
  }

  private global(name: string, value: string): void {
    this.source.line(
      `Object.assign(globalThis, { ${GLOBALS} }); var ${name} = globalThis.${name} = ${value};`,
    );
  }
}

/** A call that says which task it begins, and on which line. */
function called(call: string, line = '@'): string {
  return `T.of(T.id(), ${call}, ${line})`;
}

/** What functions outside the program's own scope use. */
const GLOBALS =
  'als, scope, AsyncResource, EventEmitter, events, timers, later, emitter, Later, Explicit, spent, step, deep, watch, f0, f1, items, shelf';
