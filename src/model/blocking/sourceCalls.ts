/**
 * Looks for calls in the text of a script. What a native call keeps from the stack is often plain to see there:
 * the only such call on the line, or the last call before the place where the program went on.
 */

/** A place in a text, from 1. */
export interface TextPlace {
  line: number;
  column: number;
}

/** The last call before `end`, which is a place in the function around it. */
export function lastCallBefore(text: string, end: TextPlace): (TextPlace & { name: string }) | undefined {
  const to = offsetOf(text, end);
  if (to === undefined) return undefined;
  const before = withoutTexts(text.slice(Math.max(0, to - MAX_LOOK_BACK), to));
  const shift = to - before.length;
  // a call that is not complete is the one that is being made, or stands around it
  const calls = [...before.matchAll(CALL)].filter((call) => isComplete(before, call.index + call[0].length));
  const call = calls.findLast(([, name = '']) => !KEYWORDS.has(name));
  const between = call === undefined ? '' : before.slice(call.index);
  // what stands in another function was not called by this one
  const isHead = /^\s*\{/.test(between.slice(bracketEnd(between, between.indexOf('('), '(', ')')));
  if (call?.[1] === undefined || isHead || depth(between) < 0 || UNSURE.test(between)) return undefined;
  return { ...placeOf(text, shift + call.index), name: call[1] };
}

/** The native code that is called on this line, if one call alone can be it. */
export function nativeCallOn(text: string, line: number): string | undefined {
  const code = withoutTexts(text.split('\n', line)[line - 1] ?? '');
  if (code.length > MAX_LINE) return undefined;
  const names = new Set([...code.matchAll(NATIVE)].map(([, name = '']) => name));
  const [name] = names;
  return names.size === 1 ? name : undefined;
}

/** Whether a loop begins at this place: there V8 says that its rounds end. */
export function isLoop(text: string, place: TextPlace): boolean {
  const offset = offsetOf(text, place);
  return offset !== undefined && LOOP.test(text.slice(offset, offset + MAX_LINE));
}

/**
 * Whether a loop begins at this place and neither its rounds nor what stands before it in its function calls anything.
 * V8 answers when a function is called: what was asked is then answered late for reasons that are not the program's.
 */
export function callsNothing(text: string, edge: TextPlace): boolean {
  const from = offsetOf(text, edge);
  if (from === undefined) return false;
  const after = text.slice(from, from + MAX_LOOP);
  const before = text.slice(Math.max(0, from - MAX_LOOK_BACK), from);
  const code = withoutTexts(before + after);
  const end = loopEnd(code.slice(before.length));
  const start = functionStart(code.slice(0, before.length));
  if (!isLoop(text, edge) || end === undefined || start === undefined) return false;
  const body = { written: (before + after).slice(start, before.length + end), start, code };
  return callsOf(body)?.length === 0;
}

/**
 * What a callback calls that is given away at `made`, if that is one native call and nothing else that may take long.
 * In microtasks it is the callback of a promise, else that of a timer.
 */
export function onlyCallOfCallback(
  text: string,
  made: TextPlace,
  inMicrotasks: boolean,
): (TextPlace & { name: string }) | undefined {
  const from = offsetOf(text, made);
  if (from === undefined) return undefined;
  const code = withoutTexts(text.slice(from, from + MAX_LOOP));
  const giver = (inMicrotasks ? GIVES_TO_PROMISE : GIVES_TO_TIMER).exec(code)?.[0];
  if (giver === undefined) return undefined;
  const argument = code.slice(giver.length);
  const head = FUNCTION.exec(argument)?.[0];
  if (head === undefined) return undefined;
  const start = giver.length + head.length;
  const end = code[start] === '{' ? bracketEnd(code, start, '{', '}') : argumentEnd(code, start);
  // of two handlers of a promise it is not known which one it was
  if (end === undefined || (inMicrotasks && !/^\s*,?\s*\)/.test(code.slice(end)))) return undefined;
  const calls = callsOf({ written: text.slice(from + start, from + end), start, code });
  const [call] = calls ?? [];
  if (calls?.length !== 1 || call === undefined || nativeName(call.name) === undefined) return undefined;
  return { ...placeOf(text, from + call.offset), name: call.name };
}

/**
 * The calls that may take long in a part of `code`, which has no texts but `written` has; `undefined` where there may
 * be others that do not look like one.
 */
function callsOf({
  written,
  start,
  code,
}: {
  written: string;
  start: number;
  code: string;
}): { name: string; offset: number }[] | undefined {
  const part = code.slice(start, start + written.length);
  if (CALLING_TEXT.test(written) || UNSURE.test(part) || HIDDEN_CALL.test(part)) return undefined;
  return [...part.matchAll(CALL)]
    .map((call) => ({ name: call[1] ?? '', offset: start + call.index }))
    .filter(({ name }) => !KEYWORDS.has(name) && !SHORT.test(name));
}

/**
 * What a loop does in each round, if that is one synchronous function of Node and nothing else that can take long.
 * `edge`: where V8 says that a round ends, which is the loop's first word.
 */
export function callInEachRound(text: string, edge: TextPlace): (TextPlace & { name: string }) | undefined {
  const from = offsetOf(text, edge);
  if (from === undefined) return undefined;
  const written = text.slice(from, from + MAX_LOOP);
  const code = withoutTexts(written);
  const end = LOOP.test(code) ? loopEnd(code) : undefined;
  if (end === undefined || CALLING_TEXT.test(written.slice(0, end))) return undefined;
  const round = code.slice(code.indexOf('('), end);
  if (UNSURE.test(round) || MORE_THAN_CALLS.test(round)) return undefined;
  const calls = [...round.matchAll(CALL)].filter(([, name = '']) => !SHORT.test(name));
  const [call] = calls;
  if (call?.[1] === undefined || !calls.every(([, name = '']) => name === call[1])) return undefined;
  if (!NODE_SYNCHRONOUS.test(call[1])) return undefined;
  return { ...placeOf(text, from + code.indexOf('(') + call.index), name: call[1] };
}

/** The only `await` of the function that V8 enters at `head`, its opening parenthesis. */
export function onlyAwait(text: string, head: TextPlace): TextPlace | undefined {
  const from = offsetOf(text, head);
  if (from === undefined) return undefined;
  const code = withoutTexts(text.slice(from, from + MAX_LOOP));
  const parametersEnd = code.startsWith('(') ? bracketEnd(code, 0, '(', ')') : undefined;
  if (parametersEnd === undefined) return undefined;
  const start = parametersEnd + (BODY_START.exec(code.slice(parametersEnd))?.[0].length ?? 0);
  const end = code[start] === '{' ? bracketEnd(code, start, '{', '}') : undefined;
  if (end === undefined) return undefined;
  const body = code.slice(start, end);
  const [found, ...others] = [...body.matchAll(/\bawait\b/g)];
  if (!found || others.length > 0 || /\basync\b/.test(body)) return undefined;
  return placeOf(text, from + start + found.index);
}

/** How a native call is named for people: `JSON.parse`; `undefined` for one that is not known to be native. */
export function nativeName(call: string): string | undefined {
  return NATIVE_NAME.test(call) ? call : undefined;
}

function offsetOf(text: string, { line, column }: TextPlace): number | undefined {
  let offset = 0;
  for (let at = 1; at < line; at++) {
    offset = text.indexOf('\n', offset) + 1;
    if (offset === 0) return undefined;
  }
  return Math.min(offset + column - 1, text.length);
}

function placeOf(text: string, offset: number): TextPlace {
  const before = text.slice(0, offset);
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
}

function bracketEnd(code: string, open: number, opening: string, closing: string): number | undefined {
  if (open < 0) return undefined;
  let nesting = 0;
  for (let at = open; at < code.length; at++) {
    if (code[at] === opening) nesting++;
    else if (code[at] === closing && --nesting === 0) return at + 1;
  }
  return undefined;
}

/** Where the body begins of the function that `code` ends in. */
function functionStart(code: string): number | undefined {
  let nesting = 0;
  for (let at = code.length - 1; at >= 0; at--) {
    if (code[at] === '}') nesting++;
    else if (code[at] === '{' && --nesting < 0) {
      nesting = 0;
      if (FUNCTION_HEAD.test(code.slice(Math.max(0, at - MAX_LINE), at))) return at + 1;
    }
  }
  return undefined;
}

/** Where the loop ends that `code` begins with. */
function loopEnd(code: string): number | undefined {
  const headEnd = bracketEnd(code, code.indexOf('('), '(', ')');
  if (headEnd === undefined) return undefined;
  const body = headEnd + (/^\s*/.exec(code.slice(headEnd))?.[0].length ?? 0);
  if (code[body] === '{') return bracketEnd(code, body, '{', '}');
  const end = code.indexOf(';', body);
  return end < 0 ? undefined : end;
}

/** Where the argument ends that begins there. */
function argumentEnd(code: string, start: number): number | undefined {
  let nesting = 0;
  for (let at = start; at < code.length; at++) {
    const sign = code.charAt(at);
    if ('([{'.includes(sign)) nesting++;
    else if (')]}'.includes(sign) && --nesting < 0) return at;
    else if (sign === ',' && nesting === 0) return at;
  }
  return undefined;
}

function isComplete(code: string, afterOpening: number): boolean {
  return bracketEnd(code, afterOpening - 1, '(', ')') !== undefined;
}

/** How many more braces are opened than closed. */
function depth(code: string): number {
  return (code.match(/\{/g)?.length ?? 0) - (code.match(/\}/g)?.length ?? 0);
}

/** Blanks what is inside of comments and texts, so that all offsets stay. */
function withoutTexts(code: string): string {
  return code.replace(TEXTS, (found) => found.replace(/[^\n]/g, ' '));
}

const TEXTS = /\/\/[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g;
const CALL = /(?<![\w$.]|function\s+)([\w$]+(?:\s*\.\s*[\w$]+)*)\s*\(/g;
const KEYWORDS = new Set(['if', 'for', 'while', 'switch', 'catch', 'return', 'function', 'await', 'typeof']);
/** A function that need not have been called, and a call without a name, such as `jobs[0]()`. */
const UNSURE = /\bfunction\b|=>|[\])]\s*\(/;
const GIVES_TO_TIMER = /^(?:setTimeout|setInterval|setImmediate)\s*\(\s*/;
const GIVES_TO_PROMISE = /^(?:then|catch|finally)\s*\(\s*/;
/** The head of a function that is not async. */
const FUNCTION = /^(?:(?:[\w$]+|\([\w$\s,]*\))\s*=>\s*|function\b\s*[\w$]*\s*\([\w$\s,]*\)\s*)/;
/** What calls without looking like `name(…)`, or may. */
const HIDDEN_CALL = /\b(?:new|await|yield|import)\b|\.\.\.|\?\.|[^\w$\s.]\s*\.\s*[\w$]+\s*\(/;
/** Before the brace of a function's body: of a method, only what has no keyword for its name. */
const FUNCTION_HEAD = /=>\s*$|\bfunction\b[^(){}]*\([^{}]*\)\s*$/;
/** Between the parameters of a function and the brace of its body. */
const BODY_START = /^\s*(?:=>\s*)?/;
const LOOP = /^(?:for|while)\s*\(/;
/** Text with code in it, and a tag's call. */
const CALLING_TEXT = /`[^`]*\$\{|[\w$)\]]\s*`/;
/** What a round may do without, or do for long without a call. */
const MORE_THAN_CALLS =
  /\b(?:if|else|for|while|do|switch|case|catch|finally|break|continue|return|throw|await|yield|new|class|delete|import)\b|\?|&&|\|\||\.\.\.|\*\*/;
/** Not worth to be told beside a call of the system. */
const SHORT = /^(?:Date\.now|performance\.now|Math\.\w+|(?:[\w$]+\.)*push|(?:path\.)?(?:join|resolve))$/;
const NODE_SYNCHRONOUS =
  /^(?:[\w$]+\.)*(?:(?:readFile|writeFile|appendFile|copyFile|stat|lstat|fstat|exists|access|readdir|mkdir|mkdtemp|rmdir|rm|unlink|rename|open|close|read|write|fsync|fdatasync|realpath|readlink|symlink|link|chmod|chown|utimes|truncate|cp|exec|execFile|spawn)Sync)$/;
/** What keeps the thread without any JavaScript: no debugger can look into it. */
const NATIVE_NAMES =
  '(JSON\\.parse|JSON\\.stringify|structuredClone|gc|Buffer\\.from|Buffer\\.concat|(?:[\\w$]+\\.)*' +
  '(?:\\w+Sync|sort|toSorted|toString|join|split|replaceAll|serialize|deserialize|update|digest|fill))';
const NATIVE = new RegExp(`(?<![\\w$.])${NATIVE_NAMES}\\s*\\(`, 'g');
const NATIVE_NAME = new RegExp(`^${NATIVE_NAMES}$`);
const MAX_LINE = 1_000;
const MAX_LOOK_BACK = 5_000;
const MAX_LOOP = 5_000;
