import { UserError } from '../../base/userError.js';
import { t } from '../../base/texts.js';
import type { ProcessSnapshot, Snapshot, Warning } from '../../protocol/snapshot.js';

/** A warning, or one block of it, as rows and links name it. */
export interface WarningReference {
  session: string;
  warning: string;
  episode?: number | undefined;
}

/** Throws a `UserError` where it has been cleared. */
export function findWarning(
  { session, warning }: WarningReference,
  { processes }: Snapshot,
): { process: ProcessSnapshot; warning: Warning } {
  const process = processes.find((one) => one.session === session);
  const found = process?.warnings.find(({ id }) => id === warning);
  if (process === undefined || found === undefined)
    throw new UserError(t('This warning is not shown any more.'));
  return { process, warning: found };
}
