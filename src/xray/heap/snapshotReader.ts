import { UserError } from '../../base/userError.js';
import { HeapGraph, type HeapArrays, type SnapshotMeta } from './heapGraph.js';

/**
 * Reads the text of a heap snapshot while it arrives, into typed arrays: the text as a whole, which may be longer than any
 * string can be, is never there. Throws a UserError where it is no heap snapshot, or one that is too large.
 */
export class SnapshotReader {
  private state: 'key' | 'numbers' | 'strings' | 'end' = 'key';
  /** What is not taken in yet: the header, the key of a section, part of a string. */
  private text = '';
  private numbers = new NumberScanner(() => {});
  private meta: SnapshotMeta | undefined;
  private arrays: HeapArrays | undefined;

  write(chunk: string): void {
    let at = 0;
    while (at < chunk.length && this.state !== 'end') {
      if (this.state === 'numbers') at = this.readNumbers(chunk, at);
      else if (this.state === 'strings') at = this.readStrings(chunk, at);
      else at = this.readKey(chunk, at);
    }
  }

  /** The heap, after the last piece of text. */
  end(): HeapGraph {
    if (this.state === 'strings') this.addStrings(this.text);
    if (this.state !== 'end' || !this.meta || !this.arrays)
      throw new UserError('The heap snapshot breaks off in the middle. Try again.');
    const graph = new HeapGraph(this.meta, this.arrays);
    this.arrays = undefined;
    return graph;
  }

  /** The header with the key of the first section, later the keys between the sections. */
  private readKey(chunk: string, at: number): number {
    const open = chunk.indexOf('[', at);
    const upTo = open < 0 ? chunk.length : open + 1;
    this.text += chunk.slice(at, upTo);
    if (this.text.length > MAX_HEADER) throw notOne();
    const key = SECTION.exec(this.text)?.[1];
    if (key === undefined) return upTo;
    if (key === 'nodes') this.readHeader(this.text.slice(0, this.text.lastIndexOf('"nodes"')));
    this.text = '';
    this.state = key === 'strings' ? 'strings' : 'numbers';
    this.numbers = new NumberScanner(this.sectionReader(key));
    return upTo;
  }

  private readHeader(text: string): void {
    const { meta, node_count: nodes, edge_count: edges } = readHeader(text);
    if (!isCount(nodes) || !isCount(edges)) throw notOne();
    if (nodes > MAX_NODES || edges > MAX_EDGES)
      throw new UserError('The heap has too many objects to be read.');
    this.meta = meta;
    this.arrays = {
      nodeType: new Uint8Array(nodes),
      nodeName: new Uint32Array(nodes),
      nodeId: new Uint32Array(nodes),
      firstEdge: new Uint32Array(nodes + 1),
      edgeType: new Uint8Array(edges),
      edgeName: new Uint32Array(edges),
      edgeTo: new Uint32Array(edges),
      locations: [],
      strings: [],
    };
  }

  /** What takes the numbers of a section, one after the other. */
  private sectionReader(key: string): (value: number) => void {
    const { meta, arrays } = this;
    if (!meta || !arrays) throw notOne();
    switch (key) {
      case 'nodes':
        return nodesReader(meta, arrays);
      case 'edges':
        return edgesReader(meta, arrays);
      case 'locations':
        return (value) => arrays.locations.push(value);
      default:
        return () => {};
    }
  }

  private readNumbers(chunk: string, at: number): number {
    const stopped = this.numbers.scan(chunk, at);
    if (stopped < chunk.length) this.state = 'key';
    return Math.min(stopped + 1, chunk.length);
  }

  /** One string a line: V8 escapes line ends inside of strings. */
  private readStrings(chunk: string, at: number): number {
    const last = chunk.lastIndexOf('\n');
    if (last < at) {
      this.text += chunk.slice(at);
      return chunk.length;
    }
    this.addStrings(this.text + chunk.slice(at, last));
    this.text = chunk.slice(last + 1);
    return chunk.length;
  }

  private addStrings(lines: string): void {
    const closing = CLOSING_TEXT.exec(lines);
    if (closing) this.state = 'end';
    const list = (closing ? lines.slice(0, closing.index) : lines).trim().replace(/,$/, '');
    if (list === '') return;
    let read: unknown;
    try {
      read = JSON.parse(`[${list}]`);
    } catch {
      throw notOne();
    }
    for (const one of read as unknown[]) this.arrays?.strings.push(String(one));
  }
}

interface Header {
  meta: SnapshotMeta;
  node_count: number;
  edge_count: number;
}

function readHeader(text: string): Header {
  try {
    const { snapshot } = JSON.parse(`${text.replace(/,\s*$/, '')}}`) as { snapshot: Header };
    const { meta } = snapshot;
    for (const list of [meta.node_fields, meta.node_types[0], meta.edge_types[0]])
      if (!Array.isArray(list)) throw notOne();
    return snapshot;
  } catch {
    throw notOne();
  }
}

function nodesReader(meta: SnapshotMeta, arrays: HeapArrays): (value: number) => void {
  const { nodeType, nodeName, nodeId, firstEdge } = arrays;
  const fields = meta.node_fields;
  const kept = fields.map((field) => ({ type: nodeType, name: nodeName, id: nodeId })[field]);
  const edgeCount = fields.indexOf('edge_count');
  let field = 0;
  let node = 0;
  let edges = 0;
  return (value) => {
    if (field === edgeCount) edges += value;
    else {
      const list = kept[field];
      if (list) list[node] = value;
    }
    if (++field < fields.length) return;
    field = 0;
    firstEdge[++node] = edges;
  };
}

/** Always type, name or index, and node. */
function edgesReader(meta: SnapshotMeta, arrays: HeapArrays): (value: number) => void {
  const { edgeType, edgeName, edgeTo, nodeType } = arrays;
  const width = meta.node_fields.length;
  let field = 0;
  let edge = 0;
  return (value) => {
    if (field === 0) edgeType[edge] = value;
    else if (field === 1) edgeName[edge] = value;
    else if (value / width >= nodeType.length) throw notOne();
    else edgeTo[edge++] = value / width;
    field = field === 2 ? 0 : field + 1;
  };
}

/** Reads decimal numbers as far as the closing bracket; a number may go on in the next piece. */
class NumberScanner {
  private value = -1;

  constructor(private readonly take: (value: number) => void) {}

  /** Where it stopped: at the bracket, or at the end of the piece. */
  scan(chunk: string, from: number): number {
    let { value } = this;
    let at = from;
    for (; at < chunk.length; at++) {
      const digit = chunk.charCodeAt(at) - ZERO;
      if (digit >= 0 && digit <= 9) {
        value = value < 0 ? digit : value * 10 + digit;
        continue;
      }
      if (value >= 0) this.take(value);
      value = -1;
      if (digit === CLOSING) break;
    }
    this.value = value;
    return at;
  }
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function notOne(): UserError {
  return new UserError('What the program has sent is no heap snapshot.');
}

const SECTION = /"(nodes|edges|trace_function_infos|trace_tree|samples|locations|strings)":\s*\[$/;
/** A string would end in a quote. */
const CLOSING_TEXT = /\]\s*\}\s*$/;
const ZERO = 48;
const CLOSING = ']'.charCodeAt(0) - ZERO;
const MAX_HEADER = 1_000_000;
/** With the arrays for both it is 2 GB of memory here. */
const MAX_NODES = 40_000_000;
const MAX_EDGES = 160_000_000;
