/** Every command of the extension, so that code and manifest cannot name different ones. */
export const commandIds = {
  goToAwaitSite: 'asyncDebugger.goToAwaitSite',
  goToCreationSite: 'asyncDebugger.goToCreationSite',
  refresh: 'asyncDebugger.refresh',
  groupBy: 'asyncDebugger.groupBy',
  filterTasks: 'asyncDebugger.filterTasks',
  clearFilter: 'asyncDebugger.clearFilter',
  toggleInternals: 'asyncDebugger.toggleInternals',
  copyTree: 'asyncDebugger.copyTree',
  exportSnapshot: 'asyncDebugger.exportSnapshot',
  clearWarnings: 'asyncDebugger.clearWarnings',
  openSettings: 'asyncDebugger.openSettings',
  showLog: 'asyncDebugger.showLog',
} as const;

export type CommandId = (typeof commandIds)[keyof typeof commandIds];
