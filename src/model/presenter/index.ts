/** What the views show of a snapshot: rows, texts and the status bar. */
export { durationText } from '../numbers.js';
export type { Grouping, Row, RowColor, RowIcon, TaskRowOptions } from './row.js';
export { statusText } from './statusText.js';
export { taskRows } from './taskRows.js';
export { treeText } from './treeText.js';
export { warningRows } from './warningRows.js';
