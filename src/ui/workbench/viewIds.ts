/** The two views in Run and Debug, and the one in the panel. */
export const viewIds = {
  tasks: 'asyncDebugger.tasks',
  warnings: 'asyncDebugger.warnings',
  timeline: 'asyncDebugger.timeline',
} as const;

/** VS Code makes such a command for every view. */
export const focusTasks = `${viewIds.tasks}.focus`;
export const focusWarnings = `${viewIds.warnings}.focus`;
export const focusTimeline = `${viewIds.timeline}.focus`;
/** The custom editor of recordings. */
export const recordingEditorId = 'asyncDebugger.recording';
