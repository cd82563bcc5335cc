import { UNPRINTABLE } from './plainText.js';

/** JSON in which every character can be seen: a terminal or an editor that shows it obeys none of them. */
export function plainJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, undefined, indent).replace(UNPRINTABLE_IN_LINES, escaped);
}

/** JSON.stringify has escaped all other line breaks; those that are left are its own. */
const UNPRINTABLE_IN_LINES = new RegExp(`(?!\\n)${UNPRINTABLE.source}`, 'gu');

function escaped(character: string): string {
  return Array.from({ length: character.length }, (_, at) => {
    const code = character.charCodeAt(at).toString(16);
    return `\\u${code.padStart(4, '0')}`;
  }).join('');
}
