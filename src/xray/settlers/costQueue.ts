/** What is cheapest comes first: a binary heap. */
export class CostQueue {
  private readonly costs: number[] = [];
  private readonly nodes: number[] = [];

  get size(): number {
    return this.nodes.length;
  }

  push(cost: number, node: number): void {
    let at = this.nodes.length;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if ((this.costs[parent] ?? 0) <= cost) break;
      this.move(parent, at);
      at = parent;
    }
    this.costs[at] = cost;
    this.nodes[at] = node;
  }

  pop(): { cost: number; node: number } | undefined {
    const [cost, node] = [this.costs[0], this.nodes[0]];
    const lastCost = this.costs.pop();
    const lastNode = this.nodes.pop();
    if (cost === undefined || node === undefined || lastCost === undefined || lastNode === undefined)
      return undefined;
    const size = this.nodes.length;
    if (size === 0) return { cost, node };
    let at = 0;
    for (let child = 1; child < size; child = 2 * at + 1) {
      if (child + 1 < size && (this.costs[child + 1] ?? 0) < (this.costs[child] ?? 0)) child++;
      if ((this.costs[child] ?? 0) >= lastCost) break;
      this.move(child, at);
      at = child;
    }
    this.costs[at] = lastCost;
    this.nodes[at] = lastNode;
    return { cost, node };
  }

  private move(from: number, to: number): void {
    this.costs[to] = this.costs[from] ?? 0;
    this.nodes[to] = this.nodes[from] ?? 0;
  }
}
