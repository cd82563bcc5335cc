import type { Protocol } from 'devtools-protocol';
import { plainText } from '../model/plainText.js';

type Value = Pick<Protocol.Runtime.PropertyPreview, 'type' | 'subtype' | 'value'>;

/** A value of the program as one short line: `42`, `"paid"`, `Array(3)`, `TypeError: x is not a function`. */
export function valueText({ type, subtype, value = '' }: Value): string {
  if (type === 'string') return plainText(JSON.stringify(value), MAX_TEXT);
  if (type === 'function') return 'function';
  if (type === 'accessor') return 'getter';
  if (type === 'object' && value === 'Object') return '{…}';
  // The description of an error goes on with its stack.
  return plainText(subtype === 'error' ? (value.split('\n')[0] ?? '') : value, MAX_TEXT);
}

/** The first few properties of an object: `{ id: 42, items: Array(3) }`, `Order { id: 42 }`, `[1, 2, …]`. */
export function objectText(preview: Protocol.Runtime.ObjectPreview): string {
  const { subtype, description = '', properties, overflow } = preview;
  const isArray = subtype === 'array';
  const shown = properties.slice(0, MAX_PROPERTIES).map((property) => {
    const text = valueText(property);
    return isArray && /^\d+$/.test(property.name) ? text : `${property.name}: ${text}`;
  });
  if (overflow || shown.length < properties.length) shown.push('…');
  const inside = shown.join(', ');
  if (isArray) return plainText(`[${inside}]`, MAX_TEXT);
  const name = description === 'Object' ? '' : `${description} `;
  return plainText(inside === '' ? `${name}{}` : `${name}{ ${inside} }`, MAX_TEXT);
}

/** Whether its properties tell more than its description does. */
export function hasProperties({ type, subtype }: Value): boolean {
  return type === 'object' && (subtype === undefined || subtype === 'array');
}

const MAX_PROPERTIES = 5;
const MAX_TEXT = 200;
