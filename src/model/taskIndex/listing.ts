import { GroupedTasks } from './groupedTasks.js';
import type { IndexedTask } from './indexedTask.js';
import { TasksByAge } from './tasksByAge.js';
import { TopTasks } from './topTasks.js';

export type Grouping = 'awaits' | 'site' | 'type' | 'age';

/** Tasks in the order of their rows, which is kept when one comes or goes. */
export interface Listing {
  /** `place`: a number of its own, in the order of the snapshot. */
  add(place: number, one: IndexedTask): void;
  /** As it was when it was added. */
  delete(place: number, one: IndexedTask): void;
}

/** What stands at the top of a process, by the grouping. */
export type Listed =
  | { readonly by: 'awaits'; readonly tasks: TopTasks }
  | { readonly by: 'site' | 'type'; readonly tasks: GroupedTasks }
  | { readonly by: 'age'; readonly tasks: TasksByAge };

/** Nothing yet. */
export function listed(by: Grouping): Listed {
  switch (by) {
    case 'awaits':
      return { by, tasks: new TopTasks('process') };
    case 'site':
    case 'type':
      return { by, tasks: new GroupedTasks(by) };
    case 'age':
      return { by, tasks: new TasksByAge() };
  }
}
