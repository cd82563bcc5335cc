/** Every command of the extension, so that code and manifest cannot name different ones. */
export const commandIds = {
  goToAwaitSite: 'asyncDebugger.goToAwaitSite',
  goToCreationSite: 'asyncDebugger.goToCreationSite',
  followTask: 'asyncDebugger.followTask',
  showCreationChain: 'asyncDebugger.showCreationChain',
  showAllTasks: 'asyncDebugger.showAllTasks',
  goToProcess: 'asyncDebugger.goToProcess',
  pauseThere: 'asyncDebugger.pauseThere',
  breakOnBlocking: 'asyncDebugger.breakOnBlocking',
  doNotBreakOnBlocking: 'asyncDebugger.doNotBreakOnBlocking',
  showProfile: 'asyncDebugger.showProfile',
  ignoreHere: 'asyncDebugger.ignoreHere',
  copyReport: 'asyncDebugger.copyReport',
  refresh: 'asyncDebugger.refresh',
  groupBy: 'asyncDebugger.groupBy',
  filterTasks: 'asyncDebugger.filterTasks',
  clearFilter: 'asyncDebugger.clearFilter',
  toggleInternals: 'asyncDebugger.toggleInternals',
  copyTree: 'asyncDebugger.copyTree',
  exportSnapshot: 'asyncDebugger.exportSnapshot',
  asyncStacksOnceBreakpoint: 'asyncDebugger.asyncStacksOnceBreakpoint',
  dismissAsyncStackHint: 'asyncDebugger.dismissAsyncStackHint',
  clearWarnings: 'asyncDebugger.clearWarnings',
  openSettings: 'asyncDebugger.openSettings',
  showLog: 'asyncDebugger.showLog',
} as const;

export type CommandId = (typeof commandIds)[keyof typeof commandIds];
