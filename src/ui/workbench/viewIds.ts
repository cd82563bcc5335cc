/** The two views in Run and Debug. */
export const viewIds = {
  tasks: 'asyncDebugger.tasks',
  warnings: 'asyncDebugger.warnings',
} as const;

/** VS Code makes such a command for every view. */
export const focusTasks = `${viewIds.tasks}.focus`;
export const focusWarnings = `${viewIds.warnings}.focus`;
