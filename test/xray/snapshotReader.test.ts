import assert from 'node:assert/strict';
import { UserError } from '../../src/base/userError.js';
import { NONE, type HeapGraph } from '../../src/xray/heap/heapGraph.js';
import { SnapshotReader } from '../../src/xray/heap/snapshotReader.js';

const META = {
  node_fields: ['type', 'name', 'id', 'self_size', 'edge_count', 'detachedness'],
  node_types: [['hidden', 'object', 'closure'], 'string', 'number', 'number', 'number', 'number'],
  edge_fields: ['type', 'name_or_index', 'to_node'],
  edge_types: [['property', 'element', 'hidden'], 'string_or_number', 'node'],
  location_fields: ['object_index', 'script_id', 'line', 'column'],
};

/** Three nodes: `root` ─a→ `list` ─[7]→ `run`, whose code begins in line 5, and `root` ─"b"→ `run`. */
const TEXT = `{"snapshot":{"meta":${JSON.stringify(META)},"node_count":3,"edge_count":3,"trace_function_count":0},
"nodes":[1,1,11,16,2,0
,1,2,13,16,1,0
,2,3,15,16,0,0
],
"edges":[0,4,6
,0,5,12
,1,7,12
],
"trace_function_infos":[],
"trace_tree":[],
"samples":[],
"locations":[12,3,4,8
],
"strings":["<dummy>",
"root",
"list",
"run \\"now\\", \\n]}",
"a",
"b"]}`;

describe('The reader of heap snapshots', () => {
  function read(text: string, pieceLength: number): HeapGraph {
    const reader = new SnapshotReader();
    for (let at = 0; at < text.length; at += pieceLength) reader.write(text.slice(at, at + pieceLength));
    return reader.end();
  }

  it('gives the same graph wherever the text is cut', () => {
    for (let length = 1; length <= TEXT.length; length += 3) {
      const heap = read(TEXT, length);
      assert.equal(heap.size, 3);
      assert.deepEqual(
        [0, 1, 2].map((node) => [heap.name(node), heap.kind(node), heap.id(node)]),
        [
          ['root', 'object', 11],
          ['list', 'object', 13],
          ['run "now", \n]}', 'closure', 15],
        ],
      );
      assert.equal(heap.follow(0, 'a', 'property'), 1);
      assert.equal(heap.follow(0, 'b', 'property'), 2);
      assert.equal(heap.follow(0, 'c', 'property'), NONE);
      assert.deepEqual(heap.edges(1), [{ kind: 'element', name: 7, to: 2 }]);
      assert.deepEqual(heap.retainers(2), [
        { kind: 'property', name: 'b', from: 0 },
        { kind: 'element', name: 7, from: 1 },
      ]);
      assert.deepEqual(heap.place(2), { line: 5, column: 9 });
      assert.equal(heap.place(1), undefined);
    }
  });

  it('takes no text that breaks off, leads out of the heap or is none', () => {
    for (const text of [
      TEXT.slice(0, -1),
      TEXT.slice(0, 500),
      '',
      TEXT.replace(',1,7,12', ',1,7,18'),
      TEXT.replace('"node_count":3', '"node_count":1e12'),
      TEXT.replace('"node_count":3', '"node_count":-3'),
      '{"snapshot":7,"nodes":[1]',
    ])
      assert.throws(() => read(text, 50), UserError, text);
  });
});
