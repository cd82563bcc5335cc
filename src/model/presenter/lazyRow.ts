import type { Row } from './row.js';

/** What of a row takes time: VS Code asks for it only of what is on the screen, of tooltips only under the mouse. */
interface Costly {
  description: () => string;
  tooltip: () => string;
  /** Absent: if there are children. */
  isParent?: () => boolean;
  children: () => readonly Row[];
}

/** A row that works out its texts and the rows below it when they are asked for; the rows below it once. */
export function lazyRow(known: Omit<Row, keyof Costly>, costly: Costly): Row {
  return Object.assign(new LazyTexts(costly), known);
}

/** Getters of a class: there may be thousands of rows, and to give each its own takes ten times as long. */
class LazyTexts {
  readonly #costly: Costly;
  #below: readonly Row[] | undefined;

  constructor(costly: Costly) {
    this.#costly = costly;
  }

  get description(): string {
    return this.#costly.description();
  }

  get tooltip(): string {
    return this.#costly.tooltip();
  }

  get isParent(): boolean {
    return this.#costly.isParent?.() ?? this.children.length > 0;
  }

  get children(): readonly Row[] {
    return (this.#below ??= this.#costly.children());
  }
}
