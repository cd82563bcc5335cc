import { UNPRINTABLE } from '../model/plainText.js';

/**
 * Lines of text as a terminal may be given them: names and errors of a program may hold what a terminal obeys, from
 * colours to the clipboard. What is one line is a `plainText`; all else goes through here.
 */
export function terminalText(text: string): string {
  return text.replace(UNPRINTABLES, '\uFFFD');
}

/** Line breaks are the tool's own: texts of a program are one line before they get here. */
const UNPRINTABLES = new RegExp(`(?:(?!\\n)${UNPRINTABLE.source})+`, 'gu');
