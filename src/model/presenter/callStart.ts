/**
 * Where the statement begins in a line whose call stacks tell at `column`, from 0: `save` of `this.cart.save()` is told, and
 * `this` is where it begins. `undefined` where something else stands before it, or the line has changed since.
 */
export function callStart(line: string, column: number): number | undefined {
  const name = /^[\w$]+/.exec(line.slice(column))?.[0];
  if (name === undefined || !/^\s*(?:\?\.)?\(/.test(line.slice(column + name.length))) return undefined;
  const before = line.slice(0, column);
  const chain = /(?:[\w$]+(?:\?\.|\.))*$/.exec(before)?.[0] ?? '';
  const start = column - chain.length;
  return /(?:^|[;{}]|\)|\belse)\s*$/.test(line.slice(0, start)) ? start : undefined;
}
