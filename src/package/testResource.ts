import { AsyncResource } from 'node:async_hooks';

/** A test that runs: what it begins is begun by it. It has the form of what `node:test` makes for each of its tests. */
export class TestResource extends AsyncResource {
  readonly name: string;
  readonly parent: { name: string; parent?: object };
  endTime: number | null = null;

  /** `names`: its suites from the outermost on, and its own. */
  constructor(names: readonly string[]) {
    super('Test', { requireManualDestroy: true });
    this.name = names.at(-1) ?? '';
    this.parent = names
      .slice(0, -1)
      .reduce<{ name: string; parent?: object }>((parent, name) => ({ name, parent }), { name: '<root>' });
  }

  /** As its row is called. */
  get title(): string {
    const names: string[] = [this.name];
    for (let above: { name: string; parent?: object } = this.parent; above.parent !== undefined;) {
      names.unshift(above.name);
      above = above.parent as { name: string; parent?: object };
    }
    return names.join(' \u203A ');
  }

  end(): void {
    this.endTime = 0;
  }
}
