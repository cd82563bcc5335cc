import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const MODULES = 8_000;
const FUNCTIONS = 40;

/** Generates a package of thousands of modules, and tells programs of it by their environment. */
export function generateTree(folder: string): Record<string, string> {
  const tree = join(folder, 'node_modules', 'large');
  mkdirSync(tree, { recursive: true });
  const text = Array.from({ length: FUNCTIONS }, (_, i) => functionText(i)).join('');
  for (let i = 0; i < MODULES; i++) writeFileSync(join(tree, `module${i}.js`), text);
  return { BLOCKING_TREE: tree, BLOCKING_TREE_MODULES: String(MODULES) };
}

function functionText(i: number): string {
  return `exports.squares${i} = function (from, to) {
  const list = [];
  for (let i = from; i < to; i++) list.push({ i, square: i * i, name: 'item ' + i });
  return list.filter((each) => each.i % ${i + 1} === 0).map((each) => each.name);
};
`;
}
