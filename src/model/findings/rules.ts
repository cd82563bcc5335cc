import { Deadlocks } from './deadlock.js';
import { FloatingPromises } from './floatingPromise.js';
import { KeptAlive } from './keptAlive.js';
import { Leaks } from './leak.js';
import { OpenRequests } from './openRequest.js';
import { Overlaps } from './overlap.js';
import { PendingAtExit } from './pendingAtExit.js';
import type { Rule, RuleContext } from './rule.js';
import { SlowTasks } from './slowTask.js';
import { Unclosed } from './unclosed.js';
import { UnhandledRejections } from './unhandledRejection.js';

/** All rules, in no order that matters: none knows of another. */
export function makeRules(context: RuleContext): Rule[] {
  return [
    new UnhandledRejections(context),
    new FloatingPromises(context),
    new Deadlocks(context),
    new PendingAtExit(context),
    new SlowTasks(context),
    new OpenRequests(context),
    new Leaks(context),
    new Unclosed(context),
    new Overlaps(context),
    new KeptAlive(context),
  ];
}
