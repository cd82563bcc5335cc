/** Longer ones are cut before they are looked at. */
const MAX_READ = 2_000;
/** What a statement selects or writes is left out where it is longer. */
const MAX_LIST = 24;

/**
 * A statement of SQL as one line, without the values that stand in it: `SELECT … FROM carts WHERE id = $1`.
 * `quotes`: what begins and ends a value; in other quotes stands a name. Where it cannot be told how far a value
 * goes, nothing of what follows is given.
 */
export function sqlStatement(sql: unknown, quotes: readonly string[]): string {
  if (typeof sql !== 'string') return '';
  return withoutLists(withoutValues(sql.slice(0, MAX_READ), quotes).replace(/\s+/g, ' ').trim());
}

function withoutValues(sql: string, quotes: readonly string[]): string {
  let kept = '';
  for (let at = 0; at < sql.length;) {
    const character = sql[at] as string;
    if (quotes.includes(character)) {
      const end = endOfValue(sql, at, character);
      if (end < 0) return `${kept}…`;
      kept += '?';
      at = end;
    } else if (character === '$' && /^\$\w*\$/.test(sql.slice(at))) {
      return `${kept}…`;
    } else if (sql.startsWith('--', at) || sql.startsWith('/*', at) || character === '#') {
      const end = endOfComment(sql, at);
      if (end < 0) return kept;
      kept += ' ';
      at = end;
    } else {
      const word =
        /^(?:[$@:]?[A-Za-z_][\w$]*|\$\d+|\d[\w.]*|.)/s.exec(sql.slice(at, at + MAX_WORD))?.[0] ?? character;
      kept += /^\d/.test(word) ? '?' : word;
      at += word.length;
    }
  }
  return kept;
}

/** Behind a value; -1: where a backslash or a missing quote leaves that open. */
function endOfValue(sql: string, start: number, quote: string): number {
  for (let at = start + 1; at < sql.length; at++) {
    const character = sql[at];
    if (character === '\\') return -1;
    if (character !== quote) continue;
    if (sql[at + 1] !== quote) return at + 1;
    at++;
  }
  return -1;
}

function endOfComment(sql: string, start: number): number {
  const isBlock = sql.startsWith('/*', start);
  const end = sql.indexOf(isBlock ? '*/' : '\n', start);
  return end < 0 ? -1 : end + (isBlock ? 2 : 1);
}

/** Columns tell less than the table. */
function withoutLists(sql: string): string {
  return sql
    .replace(/^(SELECT) (.{1,800}?) (FROM\b)/i, (all: string, first: string, list: string, last: string) =>
      list.length > MAX_LIST ? `${first} … ${last}` : all,
    )
    .replace(/\(([?, $\d]{24,})\)/g, '(…)');
}

const MAX_WORD = 200;
