import { plainText } from '../plainText.js';

/**
 * Text of a program as Markdown that is nothing but this text: no emphasis, link, image, heading or table, and on a site
 * that knows them no mention of a person, issue or address.
 */
export function markdownText(value: string): string {
  return plainText(value, MAX_TEXT)
    .replace(/[\\`*_{}[\]<>|#~&$]/g, '\\$&')
    .replace(/[@#](?=[\p{L}\p{N}])/gu, `$&${NOTHING}`)
    .replace(/:(?=\/\/)/g, '\\:')
    .replace(/\bwww\./gi, (www) => `${www.slice(0, -1)}\\.`);
}

/** Text of a program as code. */
export function markdownCode(value: string): string {
  // In a table a bar ends the cell, also in code.
  const plain = plainText(value, MAX_TEXT).replaceAll('|', '¦');
  const ticks = (plain.match(/`+/g) ?? []).map((run) => run.length);
  if (ticks.length === 0) return `\`${plain}\``;
  const fence = '`'.repeat(Math.max(...ticks) + 1);
  return `${fence} ${plain} ${fence}`;
}

/** Text of a program in a notification, where VS Code makes a link of `[…](…)`, also to its own commands. */
export function noticeText(text: string): string {
  return plainText(text, MAX_TEXT).replaceAll('](', '] (');
}

const MAX_TEXT = 400;
/** Is not shown, and parts what stands around it. */
const NOTHING = '<!-- -->';
