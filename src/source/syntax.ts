import type {
  AnonymousFunctionDeclaration,
  AnyNode,
  ArrowFunctionExpression,
  CallExpression,
  ForOfStatement,
  FunctionDeclaration,
  FunctionExpression,
  NewExpression,
} from 'acorn';

/** What may run code elsewhere and come back. */
export type Call = CallExpression | NewExpression;

export type FunctionNode =
  FunctionDeclaration | AnonymousFunctionDeclaration | FunctionExpression | ArrowFunctionExpression;

/** The nodes directly below one, in the order of the text. */
export function below(node: AnyNode): AnyNode[] {
  const found: AnyNode[] = [];
  for (const value of Object.values(node) as unknown[]) {
    if (Array.isArray(value)) found.push(...value.filter(isNode));
    else if (isNode(value)) found.push(value);
  }
  return found.sort((a, b) => a.start - b.start);
}

/** The nodes around a place, the outermost first. */
export function around(root: AnyNode, offset: number): AnyNode[] {
  const path: AnyNode[] = [];
  for (let node: AnyNode | undefined = root; node;) {
    path.push(node);
    node = below(node).find(({ start, end }) => start <= offset && offset < end);
  }
  return path;
}

/** A node and those below it that run when it does, each after those that run before it: functions are not entered. */
export function inOrder(node: AnyNode): AnyNode[] {
  if (isFunction(node)) return [];
  return [...below(node).flatMap(inOrder), node];
}

export function isFunction(node: AnyNode): node is FunctionNode {
  return (
    node.type === 'FunctionDeclaration' ||
    node.type === 'FunctionExpression' ||
    node.type === 'ArrowFunctionExpression'
  );
}

export function isCall(node: AnyNode): node is Call {
  return node.type === 'CallExpression' || node.type === 'NewExpression';
}

export function isLoopNode(node: AnyNode): boolean {
  return LOOPS.has(node.type);
}

export function isForAwait(node: AnyNode): node is ForOfStatement {
  return node.type === 'ForOfStatement' && node.await;
}

/** Where stacks say that a call is: at its last name; -1 where they say something else. */
export function callOffset(call: Call): number {
  if (call.type === 'NewExpression') return call.start;
  const { callee } = call;
  if (callee.type === 'MemberExpression') return callee.property.start;
  return callee.type === 'Identifier' ? callee.start : -1;
}

/** `JSON.parse`; empty for a call that has no such name. */
export function callName(call: Call): string {
  return call.type === 'NewExpression' ? '' : nameOf(call.callee);
}

function nameOf(node: AnyNode): string {
  if (node.type === 'Identifier') return node.name;
  if (node.type === 'ThisExpression') return 'this';
  if (node.type !== 'MemberExpression' || node.computed || node.optional) return '';
  const object = nameOf(node.object);
  return object === '' || node.property.type !== 'Identifier' ? '' : `${object}.${node.property.name}`;
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}

const LOOPS: ReadonlySet<string> = new Set([
  'ForStatement',
  'ForInStatement',
  'ForOfStatement',
  'WhileStatement',
  'DoWhileStatement',
]);
