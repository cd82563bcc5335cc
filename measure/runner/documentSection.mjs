import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';

const DOCS = join(import.meta.dirname, '..', '..', 'docs');
/**
 * Puts measured results into a document, in place of those of the last time: between its two comments.
 *
 * @param {string} name of a file in docs
 * @param {string} markdown
 * @param {string} [section] the word with which its comments begin and end
 */
export async function writeSection(name, markdown, section = 'results') {
  const file = join(DOCS, name);
  const text = readFileSync(file, 'utf8');
  const begin = new RegExp(`^<!-- ${section}: .* -->$`, 'm').exec(text);
  const endComment = `<!-- end of ${section} -->`;
  const end = text.indexOf(endComment);
  if (begin === null || end < begin.index)
    throw new Error(`docs/${name} has no place for results: <!-- ${section}: … --> and ${endComment}`);
  const before = text.slice(0, begin.index + begin[0].length);
  const config = await resolveConfig(file);
  const next = await format(`${before}\n\n${markdown}\n\n${text.slice(end)}`, {
    ...config,
    parser: 'markdown',
  });
  writeFileSync(file, next);
}
