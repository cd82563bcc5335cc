import assert from 'node:assert/strict';
import type { Protocol } from 'devtools-protocol';
import { objectText, valueText } from '../../src/session/valueText.js';

type Property = Protocol.Runtime.PropertyPreview;

function preview(
  over: Partial<Protocol.Runtime.ObjectPreview>,
  ...properties: Property[]
): Protocol.Runtime.ObjectPreview {
  return { type: 'object', description: 'Object', overflow: false, properties, ...over };
}

function property(name: string, value: string, over: Partial<Property> = {}): Property {
  return { name, type: 'number', value, ...over };
}

describe('valueText', () => {
  for (const [value, text] of [
    [{ type: 'number', value: '42' }, '42'],
    [{ type: 'string', value: 'a "b"\nc' }, '"a \\"b\\"\\nc"'],
    [{ type: 'undefined', value: 'undefined' }, 'undefined'],
    [{ type: 'object', subtype: 'null', value: 'null' }, 'null'],
    [{ type: 'function', value: '' }, 'function'],
    [{ type: 'accessor' }, 'getter'],
    [{ type: 'object', value: 'Object' }, '{…}'],
    [{ type: 'object', subtype: 'map', value: 'Map(1)' }, 'Map(1)'],
    [{ type: 'object', subtype: 'error', value: 'Error: no stock\n    at x' }, 'Error: no stock'],
    [{ type: 'symbol', value: 'Symbol(a\u202eb)' }, 'Symbol(a b)'],
  ] as const) {
    it(`writes ${JSON.stringify(value)} as ${text}`, () => assert.equal(valueText(value), text));
  }

  it('is bounded', () => {
    assert.equal(valueText({ type: 'string', value: 'x'.repeat(5000) }).length, 200);
  });
});

describe('objectText', () => {
  it('shows the first properties, and the name of a class', () => {
    const items = property('items', 'Array(3)', { type: 'object', subtype: 'array' });
    assert.equal(objectText(preview({}, property('id', '42'), items)), '{ id: 42, items: Array(3) }');
    assert.equal(objectText(preview({ description: 'Order' }, property('id', '42'))), 'Order { id: 42 }');
    assert.equal(objectText(preview({})), '{}');
  });

  it('shows an array without indexes', () => {
    const array = preview(
      { subtype: 'array', description: 'Array(9)', overflow: true },
      property('0', '1'),
      property('1', '2'),
    );
    assert.equal(objectText(array), '[1, 2, …]');
  });

  it('cuts many properties', () => {
    const many = Array.from({ length: 9 }, (_, at) => property(`p${at}`, '1'));
    assert.equal(objectText(preview({}, ...many)), '{ p0: 1, p1: 1, p2: 1, p3: 1, p4: 1, … }');
  });
});
