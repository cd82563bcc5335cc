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
export function lazyRow(
  known: Omit<Row, keyof Costly>,
  { description, tooltip, isParent, children }: Costly,
): Row {
  let below: readonly Row[] | undefined;
  return {
    ...known,
    get description() {
      return description();
    },
    get tooltip() {
      return tooltip();
    },
    get isParent() {
      return isParent?.() ?? this.children.length > 0;
    },
    get children() {
      return (below ??= children());
    },
  };
}
