/** One thing that the filter asks of a task. */
export interface QueryTerm {
  /** Where to look. */
  key: 'text' | 'state' | 'file' | 'type';
  /** In lower case. */
  value: string;
  /** The task must not have it. */
  excluded: boolean;
}

/**
 * What is asked for: `checkout "new order" state:ready file:cart.ts type:timer -query`. A task must have all of it.
 * A word with another key is a word as any other.
 */
export function parseQuery(text: string): QueryTerm[] {
  const terms: QueryTerm[] = [];
  for (const [, minus = '', key = '', quoted, word = ''] of text.toLowerCase().matchAll(TERM)) {
    const said = quoted ?? word;
    const known = isKey(key);
    const value = known || key === '' ? said : `${key}:${said}`;
    if (value !== '') terms.push({ key: known ? key : 'text', value, excluded: minus !== '' });
  }
  return terms;
}

function isKey(key: string): key is 'state' | 'file' | 'type' {
  return key === 'state' || key === 'file' || key === 'type';
}

/** A minus, a key with a colon, and a quoted text or a word. */
const TERM = /(-?)(?:(\w+):)?(?:"([^"]*)"?|(\S+))/g;
