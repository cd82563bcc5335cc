/** What the views show of a snapshot: rows, texts and the status bar. */
export { durationText } from '../numbers.js';
export { accessibleName } from './accessibleName.js';
export { asyncStackTimes, timesText } from './asyncStackCost.js';
export { followTask, followOn, type FollowedTask, hasEnded } from './followedTask.js';
export { creationRowId } from './followRows.js';
export { HIDDEN_BY_DEFAULT, HiddenFiles } from '../taskIndex/hiddenFiles.js';
export { callStart } from './callStart.js';
export { findingPattern, IgnoredFindings } from './ignoredFindings.js';
export {
  ignoreChoices,
  type IgnoreChoice,
  type Ignored,
  IgnoredPlaces,
  withoutIgnored,
} from './ignoredPlaces.js';
export { noticeText } from './markdown.js';
export { shortPlace } from './places.js';
export type { Grouping } from '../taskIndex/listing.js';
export { leftOutTexts } from './processTexts.js';
export type { Row, RowColor, RowIcon } from './row.js';
export type { Steps, TaskRowOptions } from './taskRowOptions.js';
export { statusText } from './statusText.js';
export { endingOf, type TaskEnding } from '../tasks/taskEnding.js';
export { taskRows } from './taskRows.js';
export { taskLabel } from './taskTexts.js';
export { treeText } from './treeText.js';
export { sufferedText, warningReport } from './warningReport.js';
export { isUnanswered, warningRows } from './warningRows.js';
export { causeText } from './words.js';
export { type Folders, workspacePath } from './workspacePath.js';
