import type { Task } from '../../protocol/snapshot.js';
import { resourceType } from '../tasks/resourceTypes.js';
import type { RowColor, RowIcon } from './row.js';

/** The icon tells the kind and, of what can run, the state; nothing moves. */
export function taskIcon(task: Task): { icon: RowIcon; color?: RowColor } {
  if (task.circle) return { icon: 'error', color: 'error' };
  if (task.unreachable) return { icon: 'circle-slash', color: 'muted' };
  if (task.state === 'fulfilled') return { icon: 'pass', color: 'muted' };
  if (task.state === 'rejected') return { icon: 'error', color: 'muted' };
  if (task.state === 'running') return { icon: 'play-circle', color: 'running' };
  if (task.state === 'ready') return { icon: 'play', color: 'ok' };
  switch (task.kind) {
    case 'asyncFunction':
    case 'generator':
      return { icon: 'watch' };
    case 'module':
      return { icon: 'package' };
    case 'combinator':
      return { icon: 'arrow-swap' };
    case 'promise':
      return { icon: 'circle-large-outline' };
    case 'timer':
      return { icon: 'clock' };
    case 'handle':
      return { icon: 'plug' };
    case 'operation':
      return { icon: OPERATIONS[resourceType(task.type).group] };
  }
}

const OPERATIONS: Record<ReturnType<typeof resourceType>['group'], RowIcon> = {
  timer: 'clock',
  network: 'globe',
  file: 'file',
  process: 'server-process',
  other: 'circle-large-outline',
};
