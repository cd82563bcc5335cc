import type { AnyNode, Program } from 'acorn';
import { around, callOffset, isCall, isForAwait } from './syntax.js';

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
    switch (node.type) {
      case 'Identifier':
        return node.name;
      case 'PrivateIdentifier':
        return `#${node.name}`;
      case 'ThisExpression':
        return 'this';
      case 'Super':
        return 'super';
      case 'ChainExpression':
        return this.of(node.expression);
      case 'MemberExpression':
        return this.member(node.object, node.property, node.computed, node.optional);
      case 'CallExpression':
        return this.call(node.callee, node.arguments);
      case 'NewExpression':
        return isPromise(node.callee) ? undefined : this.call(node.callee, node.arguments, 'new ');
      case 'ImportExpression':
        return `import(${this.argument(node.source)})`;
      case 'TaggedTemplateExpression': {
        const tag = this.of(node.tag);
        return tag === undefined ? undefined : `${tag}${this.argument(node.quasi)}`;
      }
      default:
        return undefined;
    }
  }

  private member(
    object: AnyNode,
    property: AnyNode,
    computed: boolean,
    optional: boolean,
  ): string | undefined {
    const of = this.of(object);
    if (of === undefined) return undefined;
    if (computed) return `${of}[${this.argument(property)}]`;
    return `${of}${optional ? '?.' : '.'}${this.of(property) ?? ''}`;
  }

  private call(callee: AnyNode, given: readonly AnyNode[], before = ''): string | undefined {
    const name = this.of(callee);
    if (name === undefined) return undefined;
    return `${before}${name}(${given.map((one) => this.argument(one)).join(', ')})`;
  }

  private argument(node: AnyNode): string {
    switch (node.type) {
      case 'Literal':
        return cut(oneLine(this.text.slice(node.start, node.end)), MAX_LITERAL);
      case 'TemplateLiteral':
        return `\`${cut(oneLine(node.quasis.map(({ value }) => value.raw).join(ELLIPSIS)), MAX_LITERAL)}\``;
      case 'ObjectExpression':
        return '{…}';
      case 'ArrayExpression':
        return '[…]';
      case 'CallExpression':
        return `${this.of(node.callee) ?? ''}(…)`;
      default:
        return this.of(node) ?? ELLIPSIS;
    }
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
