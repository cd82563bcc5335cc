// npm run update-texts: adds the texts of the code that a language lacks to its bundle, in English, and takes out those that are gone.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { resourceTypeNames } from '../src/model/tasks/resourceTypes.js';
import { PROJECT } from './cacheFolder.js';

/** Functions whose argument at this position is a text; those that count have one for one thing and one for many. */
const MARKERS = new Map([
  ['t', 0],
  ['toTranslate', 0],
]);

/** All texts for people that the code has, each once, in order. */
export function textsOfCode(): string[] {
  const texts = new Set(resourceTypeNames());
  for (const file of readdirSync(join(PROJECT, 'src'), { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts')) continue;
    const text = readFileSync(join(PROJECT, 'src', file), 'utf8');
    for (const found of textsOf(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)))
      texts.add(found);
  }
  return [...texts].sort();
}

function textsOf(source: ts.SourceFile): string[] {
  const texts: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) texts.push(...textsOfCall(node));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return texts;
}

function textsOfCall({ expression, arguments: args }: ts.CallExpression): string[] {
  const name = (expression as ts.Identifier).text;
  if (name === 'counted') {
    const [, one, many] = args.map((arg) => (ts.isStringLiteralLike(arg) ? arg.text : undefined));
    if (one === undefined) return [];
    return [`{0} ${one}`, `{0} ${many ?? `${one}s`}`];
  }
  const marked = MARKERS.has(name) ? args[MARKERS.get(name) ?? 0] : undefined;
  if (marked === undefined) return [];
  const isJoined = ts.isBinaryExpression(marked) && marked.operatorToken.kind === ts.SyntaxKind.PlusToken;
  if (isJoined || ts.isTemplateExpression(marked))
    throw new Error(`${marked.getSourceFile().fileName}: ${marked.getText()} is no whole text`);
  return ts.isStringLiteralLike(marked) ? [marked.text] : [];
}

/** The bundle of a language, with the texts of the code alone. */
function updated(file: string): string {
  const known = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
  const texts = textsOfCode().map((text) => [text, known[text] ?? text] as const);
  return `${JSON.stringify(Object.fromEntries(texts), undefined, 2)}\n`;
}

if (require.main === module) {
  const folder = join(PROJECT, 'l10n');
  for (const file of readdirSync(folder)) writeFileSync(join(folder, file), updated(join(folder, file)));
}
