/** Finds tasks that wait for themselves through others. Only what is below a change is looked at again. */
export class AwaitCycles {
  private members = new Set<number>();
  private readonly unsure = new Set<number>();

  /** `awaits`: what an entry cannot go on without. */
  constructor(private readonly awaits: (id: number) => readonly number[]) {}

  has(id: number): boolean {
    return this.members.has(id);
  }

  /** All that wait for themselves, as far as was known at the last update: another set where that has changed. */
  get all(): ReadonlySet<number> {
    return this.members;
  }

  /** What it waits for has changed, or it has ended. */
  changed(id: number): void {
    this.unsure.add(id);
  }

  /** Ids that have entered or left a circle since the last time. */
  update(): number[] {
    if (this.unsure.size === 0) return [];
    const before = this.members;
    const isTouched = [...this.unsure].some((id) => before.has(id));
    // A new circle goes through something that has changed; an old one may have been broken anywhere.
    const found = this.find(isTouched ? [...before, ...this.unsure] : this.unsure);
    this.unsure.clear();
    this.members = isTouched ? found : new Set([...before, ...found]);
    return [...before, ...found].filter((id) => before.has(id) !== this.members.has(id));
  }

  /** Tarjan's strongly connected components from these on, without recursion. */
  private find(roots: Iterable<number>): Set<number> {
    const found = new Set<number>();
    const visited = new Map<number, Visit>();
    const open: Visit[] = [];
    const path: Visit[] = [];
    const enter = (id: number): void => {
      const awaits = this.awaits(id);
      // what waits for nothing is in no circle
      if (awaits.length === 0) return;
      const visit: Visit = { id, order: visited.size, low: visited.size, next: 0, awaits, isOpen: true };
      visited.set(id, visit);
      open.push(visit);
      path.push(visit);
    };
    for (const root of roots) {
      if (!visited.has(root)) enter(root);
      for (let visit = path.at(-1); visit; visit = path.at(-1)) {
        const awaited = visit.awaits[visit.next++];
        if (awaited !== undefined) {
          const other = visited.get(awaited);
          if (!other) enter(awaited);
          else if (other.isOpen) visit.low = Math.min(visit.low, other.order);
          continue;
        }
        path.pop();
        const above = path.at(-1);
        if (above) above.low = Math.min(above.low, visit.low);
        if (visit.low === visit.order) close(open, visit, found);
      }
    }
    return found;
  }
}

interface Visit {
  readonly id: number;
  readonly order: number;
  low: number;
  /** Which of `awaits` comes next. */
  next: number;
  readonly awaits: readonly number[];
  isOpen: boolean;
}

/** Takes the component that begins with `first` off the stack. */
function close(open: Visit[], first: Visit, found: Set<number>): void {
  const isCircle = open.at(-1) !== first || first.awaits.includes(first.id);
  for (let visit = open.pop(); visit; visit = open.pop()) {
    visit.isOpen = false;
    if (isCircle) found.add(visit.id);
    if (visit === first) return;
  }
}
