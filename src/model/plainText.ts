/** Text of the debuggee as one plain line: no control or direction characters, clipped. */
export function plainText(text: string, maxLength = 200): string {
  if (text.length <= maxLength && PLAIN.test(text)) return text;
  const start = text.length > maxLength * 4 ? text.slice(0, maxLength * 4) : text;
  const line = start.replace(UNPRINTABLES, ' ').replace(/ {3,}/g, '  ').trim();
  return clipText(line, maxLength);
}

/** Facts in one line; empty ones are none. */
export function together(facts: readonly string[]): string {
  return facts.filter((fact) => fact !== '').join(' · ');
}

/** Clipped, with an ellipsis; never cuts a character in two. */
export function clipText(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  const end = /[\uD800-\uDBFF]/.test(text.charAt(maxLength - 2)) ? maxLength - 2 : maxLength - 1;
  return `${text.slice(0, end)}…`;
}

/** Most texts: nothing to take out, nothing to trim. */
const PLAIN = /^(?:[!-~·⟶×](?: {0,2}[!-~·⟶×])*)?$/;

/** Controls, line separators, directions and all else that is not seen. */
export const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}\u2028\u2029]/u;
const UNPRINTABLES = new RegExp(`${UNPRINTABLE.source}+`, 'gu');
