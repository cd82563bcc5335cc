import { t } from '../base/texts.js';
import type { Hello } from '../protocol/wire.js';
import { counted } from './numbers.js';

/** What is older than the agent and why it is not there. */
export function lateNote({ olderTimers = 0 }: Hello): string {
  const note = t('Attached while it ran: older tasks are not shown until they go on');
  return olderTimers === 0 ? note : t('{0}; {1} began before', note, counted(olderTimers, 'timer'));
}
