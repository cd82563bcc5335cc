import type { AnyNode, Program } from 'acorn';
import { isShort, isSynchronousOfNode, nativeName } from '../model/blocking/nativeNames.js';
import type { CallUsage, ScriptCode, TextCall, TextPlace } from '../model/scriptCode.js';
import { awaitedExpression } from './awaitedExpression.js';
import {
  around,
  below,
  type Call,
  callName,
  callOffset,
  type FunctionNode,
  inOrder,
  isCall,
  isForAwait,
  isFunction,
  isLoopNode,
} from './syntax.js';
import { TextOffsets } from './textOffsets.js';

/** Answers from the syntax tree of a script. */
export class SyntaxCode implements ScriptCode {
  private readonly offsets: TextOffsets;

  constructor(
    private readonly text: string,
    private readonly program: Program,
  ) {
    this.offsets = new TextOffsets(text);
  }

  lastCallBefore(place: TextPlace): TextCall | undefined {
    const path = this.around(place);
    const goal = this.loopAt(place) ?? this.callAt(place);
    if (!goal) return undefined;
    // a loop that calls may have answered after one of these calls as well
    if (isLoopNode(goal) && longCallsIn([goal])?.length !== 0) return undefined;
    const last = lastBefore(
      path.slice(0, path.indexOf(goal) + 1),
      (node) => isCall(node) || isHiddenCall(node),
    );
    if (!last || !isCall(last) || callOffset(last) < 0) return undefined;
    return isCertain(around(this.program, last.start), path, goal) ? this.told(last) : undefined;
  }

  callsOn(line: number): string[] {
    const from = this.offsets.at({ line, column: 1 });
    const isHere = (offset: number): boolean => this.offsets.place(offset).line === line;
    const names: string[] = [];
    const visit = (node: AnyNode): void => {
      if (node.end < from || (node.start > from && !isHere(node.start))) return;
      if (isCall(node)) {
        const offset = callOffset(node);
        if (isHere(offset < 0 ? node.start : offset) && !isShort(callName(node))) names.push(callName(node));
      } else if (node.type === 'TaggedTemplateExpression' && isHere(node.start)) names.push('');
      for (const one of below(node)) visit(one);
    };
    if (from >= 0) visit(this.program);
    return names;
  }

  isLoop(place: TextPlace): boolean {
    return this.loopAt(place) !== undefined;
  }

  callsNothing(edge: TextPlace): boolean {
    const loop = this.loopAt(edge);
    const path = this.around(edge);
    const own = path.findLast(isFunction);
    if (!loop || !own) return false;
    return longCallsIn([...own.params, ...runsBefore(own.body, loop), loop])?.length === 0;
  }

  onlyCallOfCallback(made: TextPlace, inMicrotasks: boolean): TextCall | undefined {
    const giver = this.callAt(made);
    if (giver?.type !== 'CallExpression') return undefined;
    const { callee } = giver;
    const last = callee.type === 'MemberExpression' ? callee.property : callee;
    const givers = inMicrotasks ? GIVES_TO_PROMISE : GIVES_TO_TIMER;
    if (last.type !== 'Identifier' || !givers.has(last.name)) return undefined;
    // of two handlers of a promise it is not known which one it was
    if (inMicrotasks && giver.arguments.length !== 1) return undefined;
    const [callback] = giver.arguments;
    if (!callback || !isFunction(callback) || callback.async || callback.generator) return undefined;
    const [call, ...others] = longCallsIn([...callback.params, callback.body]) ?? [];
    if (!call || others.length > 0 || nativeName(callName(call)) === undefined) return undefined;
    return this.told(call);
  }

  callInEachRound(edge: TextPlace): TextCall | undefined {
    const loop = this.loopAt(edge);
    if (!loop || loop.type === 'DoWhileStatement') return undefined;
    const nodes = inOrder(loop);
    if (hasFunctions(loop) || nodes.some((node) => node !== loop && (isBranch(node) || isLoopNode(node))))
      return undefined;
    const [call, ...others] = longCallsIn([loop]) ?? [];
    const name = call ? callName(call) : '';
    if (!call || !isSynchronousOfNode(name) || others.some((other) => callName(other) !== name))
      return undefined;
    return this.told(call);
  }

  onlyAwait(head: TextPlace): TextPlace | undefined {
    const own = this.functionAt(head);
    if (!own?.async || own.body.type !== 'BlockStatement') return undefined;
    const nodes = [...own.params, own.body].flatMap(inOrder);
    const [found, ...others] = nodes.filter((node) => node.type === 'AwaitExpression' || isForAwait(node));
    if (found?.type !== 'AwaitExpression' || others.length > 0) return undefined;
    return this.offsets.place(found.start);
  }

  awaited(place: TextPlace): string | undefined {
    const offset = this.offsets.at(place);
    return offset < 0 ? undefined : awaitedExpression(this.program, this.text, offset);
  }

  usage(place: TextPlace): CallUsage | undefined {
    const path = this.around(place);
    const call = this.callAt(place);
    if (!call) return undefined;
    const at = path.indexOf(call);
    const parents = path.slice(0, at).reverse();
    const statement = parents.find((node) => node.type !== 'ChainExpression');
    const own = parents.find(isFunction);
    return {
      isDiscarded: call.type === 'CallExpression' && statement?.type === 'ExpressionStatement',
      isInAsync: own !== undefined && own.async && !own.generator,
    };
  }

  givenTo(head: TextPlace): string | undefined {
    const own = this.functionAt(head);
    if (!own?.async || own.generator) return undefined;
    const path = around(this.program, own.start);
    const giver = path[path.indexOf(own) - 1];
    if (!giver || !isCall(giver) || !giver.arguments.some((one) => one === own)) return undefined;
    const { callee } = giver;
    const last = callee.type === 'MemberExpression' ? callee.property : callee;
    if (last.type !== 'Identifier') return undefined;
    return giver.type === 'NewExpression' ? `new ${last.name}` : last.name;
  }

  private around(place: TextPlace): AnyNode[] {
    const offset = this.offsets.at(place);
    return offset < 0 ? [] : around(this.program, offset);
  }

  private loopAt(place: TextPlace): AnyNode | undefined {
    const offset = this.offsets.at(place);
    return this.around(place).find((node) => isLoopNode(node) && node.start === offset);
  }

  private callAt(place: TextPlace): Call | undefined {
    const offset = this.offsets.at(place);
    return this.around(place)
      .filter(isCall)
      .find((node) => callOffset(node) === offset);
  }

  /** The function whose parameters begin at this place; V8 says of an async arrow function where its first word is. */
  private functionAt(place: TextPlace): FunctionNode | undefined {
    const offset = this.offsets.at(place);
    return this.around(place)
      .filter(isFunction)
      .findLast((node) => {
        const from = node.type === 'ArrowFunctionExpression' ? node.start : (node.id?.end ?? node.start);
        const until = node.params[0]?.start ?? node.body.start;
        const open = this.text.indexOf('(', from);
        const isAsyncArrow = node.type === 'ArrowFunctionExpression' && node.async;
        return (
          offset === (open < 0 || open > until ? until : open) || (isAsyncArrow && offset === node.start)
        );
      });
  }

  private told(call: Call): TextCall {
    return { ...this.offsets.place(callOffset(call)), name: callName(call) };
  }
}

/** The last node of a kind that runs before the last of `path` does, in the same function. */
function lastBefore(path: readonly AnyNode[], isWanted: (node: AnyNode) => boolean): AnyNode | undefined {
  const goal = path.at(-1);
  if (!goal) return undefined;
  // what stands in a call is its arguments; what stands in a loop comes after its beginning
  const first = isLoopNode(goal) ? undefined : below(goal).findLast((one) => lastIn(one, isWanted));
  if (first) return lastIn(first, isWanted);
  for (let at = path.length - 1; at > 0; at--) {
    const [node, parent] = [path[at], path[at - 1]];
    if (!node || !parent || isFunction(node)) return undefined;
    const found = below(parent)
      .filter(({ end }) => end <= node.start)
      .findLast((one) => lastIn(one, isWanted));
    if (found) return lastIn(found, isWanted);
  }
  return undefined;
}

/** The last that runs of a kind in a node. */
function lastIn(node: AnyNode, isWanted: (node: AnyNode) => boolean): AnyNode | undefined {
  if (isFunction(node)) return undefined;
  if (isWanted(node)) return node;
  for (const one of below(node).reverse()) {
    const found = lastIn(one, isWanted);
    if (found) return found;
  }
  return undefined;
}

/** Whether the last of `before` ran before `goal`, with nothing between. Both paths begin at the root. */
function isCertain(before: readonly AnyNode[], path: readonly AnyNode[], goal: AnyNode): boolean {
  const shared = before.filter((node) => path.includes(node));
  const [fork, own] = [shared.at(-1), before[shared.length]];
  if (before.slice(shared.length).some((node) => isBranch(node) || isLoopNode(node))) return false;
  if (path.slice(shared.length).some((node) => isLoopNode(node) && node !== goal)) return false;
  if (fork?.type === 'IfStatement' || fork?.type === 'ConditionalExpression') return own === fork.test;
  if (fork?.type === 'SwitchStatement') return own === fork.discriminant;
  return fork?.type !== 'TryStatement';
}

/** What runs in `body` before a loop begins, in that order. */
function runsBefore(body: AnyNode, loop: AnyNode): AnyNode[] {
  const before: AnyNode[] = [];
  const visit = (node: AnyNode): boolean => {
    if (node === loop) return true;
    if (isFunction(node)) return false;
    for (const one of below(node)) if (visit(one)) return true;
    before.push(node);
    return false;
  };
  visit(body);
  return before;
}

/** The calls that may take long; `undefined` where there may be others that do not look like one. */
function longCallsIn(nodes: readonly AnyNode[]): Call[] | undefined {
  const all = [...new Set(nodes.flatMap(inOrder))];
  if (all.some((node) => isHiddenCall(node) || node.type === 'NewExpression')) return undefined;
  const calls = all.filter(isCall);
  return calls.some((call) => callName(call) === '')
    ? undefined
    : calls.filter((call) => !isShort(callName(call)));
}

/** What calls without looking like `name(…)`, or may. */
function isHiddenCall(node: AnyNode): boolean {
  return (
    HIDDEN_CALLS.has(node.type) ||
    isForAwait(node) ||
    (node.type === 'TemplateLiteral' && node.expressions.length > 0)
  );
}

/** What is below it may run or not, or run only in part. */
function isBranch(node: AnyNode): boolean {
  return BRANCHES.has(node.type) || (node.type === 'MemberExpression' && node.optional);
}

function hasFunctions(node: AnyNode): boolean {
  return isFunction(node) || below(node).some(hasFunctions);
}

const GIVES_TO_TIMER: ReadonlySet<string> = new Set(['setTimeout', 'setInterval', 'setImmediate']);
const GIVES_TO_PROMISE: ReadonlySet<string> = new Set(['then', 'catch', 'finally']);
const HIDDEN_CALLS: ReadonlySet<string> = new Set([
  'AwaitExpression',
  'YieldExpression',
  'ImportExpression',
  'SpreadElement',
  'TaggedTemplateExpression',
  'ClassDeclaration',
  'ClassExpression',
]);
const BRANCHES: ReadonlySet<string> = new Set([
  'IfStatement',
  'ConditionalExpression',
  'LogicalExpression',
  'SwitchStatement',
  'TryStatement',
  'BreakStatement',
  'ContinueStatement',
  'ReturnStatement',
  'ThrowStatement',
  'ChainExpression',
]);
