import type { Finding, FindingKind } from '../../protocol/snapshot.js';

/** How much a finding of each kind asks for attention: `error` is what will not come right by itself. */
export const SEVERITIES: Record<FindingKind, Finding['severity']> = {
  unhandledRejection: 'error',
  deadlock: 'error',
  starvation: 'error',
  floatingPromise: 'warning',
  pendingAtExit: 'warning',
  leak: 'warning',
  openRequest: 'warning',
  unclosed: 'warning',
  overlap: 'warning',
  slowTask: 'information',
  keptAlive: 'information',
};
