import type { AnyNode, MemberExpression, Program } from 'acorn';
import { around, type Call, callOffset, isCall, isForAwait } from './syntax.js';

/**
 * What the `await` that V8 tells at a place waits for, as it is written but on one line and without what is long:
 * `once(child, 'exit')`. `undefined` for what a name would say as well, or for what has no short form.
 */
export function awaitedExpression(program: Program, text: string, offset: number): string | undefined {
  const awaited = around(program, offset)
    .flatMap((node) =>
      node.type === 'AwaitExpression' ? [node.argument] : isForAwait(node) ? [node.right] : [],
    )
    .findLast((node) => isToldAt(node, offset));
  if (!awaited || !TELLING.has(awaited.type)) return undefined;
  const written = new Written(text).of(awaited);
  return written === undefined || written === ELLIPSIS ? undefined : cut(written, MAX_TEXT);
}

/** V8 has the place of an await at what was called last before it, or at the beginning of what is awaited. */
function isToldAt(awaited: AnyNode, offset: number): boolean {
  const node = awaited.type === 'ChainExpression' ? awaited.expression : awaited;
  return node.start === offset || (isCall(node) && callOffset(node) === offset);
}

class Written {
  constructor(private readonly text: string) {}

  /** `undefined` where it has no short form. */
  of(node: AnyNode): string | undefined {
    if (node.type === 'Identifier') return node.name;
    if (node.type === 'PrivateIdentifier') return `#${node.name}`;
    if (node.type === 'ThisExpression') return 'this';
    if (node.type === 'Super') return 'super';
    if (node.type === 'ChainExpression') return this.of(node.expression);
    if (node.type === 'MemberExpression') return this.member(node);
    if (node.type === 'ImportExpression') return `import(${this.argument(node.source)})`;
    if (node.type === 'NewExpression' && isPromise(node.callee)) return undefined;
    if (isCall(node)) return this.call(node);
    if (node.type !== 'TaggedTemplateExpression') return undefined;
    const tag = this.of(node.tag);
    return tag === undefined ? undefined : `${tag}${this.argument(node.quasi)}`;
  }

  private member({ object, property, computed, optional }: MemberExpression): string | undefined {
    const of = this.of(object);
    if (of === undefined) return undefined;
    if (computed) return `${of}[${this.argument(property)}]`;
    return `${of}${optional ? '?.' : '.'}${this.of(property) ?? ''}`;
  }

  private call({ type, callee, arguments: given }: Call): string | undefined {
    const name = this.of(callee);
    if (name === undefined) return undefined;
    const made = type === 'NewExpression' ? 'new ' : '';
    return `${made}${name}(${given.map((one) => this.argument(one)).join(', ')})`;
  }

  private argument(node: AnyNode): string {
    if (node.type === 'Literal') return cut(oneLine(this.text.slice(node.start, node.end)), MAX_LITERAL);
    if (node.type === 'TemplateLiteral') {
      const written = node.quasis.map(({ value }) => value.raw).join(ELLIPSIS);
      return `\`${cut(oneLine(written), MAX_LITERAL)}\``;
    }
    if (node.type === 'ObjectExpression') return '{…}';
    if (node.type === 'ArrayExpression') return '[…]';
    if (node.type === 'CallExpression') return `${this.of(node.callee) ?? ''}(…)`;
    return this.of(node) ?? ELLIPSIS;
  }
}

function isPromise(callee: AnyNode): boolean {
  return callee.type === 'Identifier' && callee.name === 'Promise';
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}${ELLIPSIS}`;
}

const TELLING: ReadonlySet<string> = new Set([
  'CallExpression',
  'ChainExpression',
  'ImportExpression',
  'MemberExpression',
  'NewExpression',
  'TaggedTemplateExpression',
]);
const ELLIPSIS = '…';
const MAX_TEXT = 140;
const MAX_LITERAL = 90;
