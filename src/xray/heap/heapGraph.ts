/** How the numbers of a heap snapshot are to be read. */
export interface SnapshotMeta {
  node_fields: string[];
  node_types: [string[], ...unknown[]];
  edge_types: [string[], ...unknown[]];
}

export interface HeapArrays {
  nodeType: Uint8Array;
  /** Index of a string. */
  nodeName: Uint32Array;
  /** Id of the object, the same in all snapshots of one process. */
  nodeId: Uint32Array;
  firstEdge: Uint32Array;
  edgeType: Uint8Array;
  /** Index of a string, or a number by itself: elements and hidden edges have such. */
  edgeName: Uint32Array;
  edgeTo: Uint32Array;
  /** Places of closures, four numbers each: index of the node's first number, script, line and column from 0. */
  locations: number[];
  strings: string[];
}

export type NodeKind =
  'hidden' | 'array' | 'string' | 'object' | 'code' | 'closure' | 'native' | 'synthetic' | 'object shape';
export type EdgeKind = 'context' | 'element' | 'property' | 'internal' | 'hidden' | 'shortcut' | 'weak';

/** One reference from a node to another. */
export interface Edge {
  readonly kind: EdgeKind;
  readonly name: string | number;
  readonly to: number;
}

/** One reference to a node. */
export interface Retainer {
  readonly kind: EdgeKind;
  readonly name: string | number;
  readonly from: number;
}

/** No such node. */
export const NONE = -1;

/** The objects of a heap and their references. A node is a number from 0 on. */
export class HeapGraph {
  readonly size: number;
  private readonly kinds: readonly string[];
  private readonly edgeKinds: readonly string[];
  private readonly numbered: readonly boolean[];
  private readonly width: number;
  private readonly keys = new Map<string, number>();
  private back: { first: Uint32Array; edges: Uint32Array } | undefined;
  private places: Uint32Array | undefined;

  constructor(
    meta: SnapshotMeta,
    private readonly arrays: HeapArrays,
  ) {
    this.size = arrays.nodeType.length;
    this.kinds = meta.node_types[0];
    this.edgeKinds = meta.edge_types[0];
    this.numbered = this.edgeKinds.map((kind) => kind === 'element' || kind === 'hidden');
    this.width = meta.node_fields.length;
  }

  name(node: number): string {
    return this.string(this.arrays.nodeName[node]);
  }

  kind(node: number): NodeKind {
    return this.kinds[this.arrays.nodeType[node] ?? 0] as NodeKind;
  }

  id(node: number): number {
    return this.arrays.nodeId[node] ?? 0;
  }

  nodeOfId(id: number): number {
    return this.arrays.nodeId.indexOf(id);
  }

  /** Nodes of a name, which are told by number and not by text. */
  *named(name: string): Generator<number> {
    const key = this.key(name);
    if (key === NONE) return;
    const { nodeName } = this.arrays;
    for (let node = 0; node < this.size; node++) if (nodeName[node] === key) yield node;
  }

  isNamed(node: number, name: string): boolean {
    return node !== NONE && this.arrays.nodeName[node] === this.key(name);
  }

  /** Nodes that have an edge of this name, with what it leads to. */
  *withEdge(name: string, kind: EdgeKind): Generator<[number, number]> {
    const key = this.key(name);
    const type = this.edgeKinds.indexOf(kind);
    const { edgeName, edgeType, edgeTo, firstEdge } = this.arrays;
    if (key === NONE) return;
    for (let node = 0; node < this.size; node++) {
      const end = firstEdge[node + 1] ?? 0;
      for (let edge = firstEdge[node] ?? 0; edge < end; edge++)
        if (edgeName[edge] === key && edgeType[edge] === type) yield [node, edgeTo[edge] ?? 0];
    }
  }

  /** The node at the end of the edge of this name; `NONE` where there is none. */
  follow(node: number, name: string, kind: EdgeKind = 'internal'): number {
    if (node === NONE) return NONE;
    const key = this.key(name);
    const type = this.edgeKinds.indexOf(kind);
    if (key === NONE) return NONE;
    const { edgeName, edgeType, edgeTo, firstEdge } = this.arrays;
    const end = firstEdge[node + 1] ?? 0;
    for (let edge = firstEdge[node] ?? 0; edge < end; edge++)
      if (edgeName[edge] === key && edgeType[edge] === type) return edgeTo[edge] ?? NONE;
    return NONE;
  }

  edges(node: number): Edge[] {
    if (node === NONE) return [];
    const list: Edge[] = [];
    const end = this.arrays.firstEdge[node + 1] ?? 0;
    for (let edge = this.arrays.firstEdge[node] ?? 0; edge < end; edge++)
      list.push({ kind: this.edgeKind(edge), name: this.edgeName(edge), to: this.arrays.edgeTo[edge] ?? 0 });
    return list;
  }

  hiddenEdges(node: number): Edge[] {
    return this.edges(node).filter(({ kind }) => kind === 'hidden');
  }

  retainers(node: number): Retainer[] {
    const { first, edges } = (this.back ??= this.reversed());
    const list: Retainer[] = [];
    for (let at = first[node] ?? 0; at < (first[node + 1] ?? 0); at++) {
      const edge = edges[at] ?? 0;
      list.push({ kind: this.edgeKind(edge), name: this.edgeName(edge), from: this.nodeOfEdge(edge) });
    }
    return list;
  }

  /** Script and place of a closure's code, line and column from 1. */
  place(node: number): { line: number; column: number } | undefined {
    const { locations } = this.arrays;
    if (!this.places) {
      this.places = new Uint32Array(this.size);
      for (let at = 0; at + 3 < locations.length; at += 4)
        this.places[(locations[at] ?? 0) / this.width] = at + 1;
    }
    const at = this.places[node] ?? 0;
    return at === 0
      ? undefined
      : { line: (locations[at + 1] ?? 0) + 1, column: (locations[at + 2] ?? 0) + 1 };
  }

  private string(index: number | undefined): string {
    return this.arrays.strings[index ?? 0] ?? '';
  }

  private edgeKind(edge: number): EdgeKind {
    return this.edgeKinds[this.arrays.edgeType[edge] ?? 0] as EdgeKind;
  }

  private edgeName(edge: number): string | number {
    const name = this.arrays.edgeName[edge] ?? 0;
    return this.numbered[this.arrays.edgeType[edge] ?? 0] === true ? name : this.string(name);
  }

  /** Number of a string. Few are asked for: a map of all would be large. */
  private key(text: string): number {
    let key = this.keys.get(text);
    if (key === undefined) this.keys.set(text, (key = this.arrays.strings.indexOf(text)));
    return key;
  }

  /** The node that has an edge: the last one whose edges begin there or before. */
  private nodeOfEdge(edge: number): number {
    const { firstEdge } = this.arrays;
    let low = 0;
    let high = this.size;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if ((firstEdge[middle] ?? 0) <= edge) low = middle;
      else high = middle;
    }
    return low;
  }

  /** Edges by the node that they lead to. */
  private reversed(): { first: Uint32Array; edges: Uint32Array } {
    const { edgeTo } = this.arrays;
    const first = new Uint32Array(this.size + 2);
    for (const to of edgeTo) first[to + 2] = (first[to + 2] ?? 0) + 1;
    for (let node = 2; node < first.length; node++) first[node] = (first[node] ?? 0) + (first[node - 1] ?? 0);
    const edges = new Uint32Array(edgeTo.length);
    edgeTo.forEach((to, edge) => {
      const slot = first[to + 1] ?? 0;
      edges[slot] = edge;
      first[to + 1] = slot + 1;
    });
    return { first, edges };
  }
}
