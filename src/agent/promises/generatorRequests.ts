import type { TaskRecord } from '../records/records.js';
import type { Above } from '../stacks/capture.js';
import type { Place } from '../stacks/place.js';
import { DEEPEST, type Stack } from '../stacks/stack.js';
import type { Executions } from './executions.js';
import type { OpenCalls } from './openCalls.js';

/**
 * Requests to async generators (`next`, `return`, `throw`). Each is a task; which function it runs is known when that
 * awaits or yields for the first time. One may be queued behind another, and then runs nothing yet.
 */
export class GeneratorRequests {
  constructor(
    private readonly executions: Executions,
    private readonly stack: Stack,
    private readonly calls: OpenCalls,
  ) {}
  /** The request that runs the innermost frame, if that is a generator's and has not been suspended by it yet. */
  started(hook: Above): TaskRecord | null {
    const { executions, stack } = this;
    if (executions.countOpen(0) === 0) return null;
    stack.read(hook, 2);
    if (!isRequest(stack.second)) return executions.resumedRequest();
    if (executions.countOpen(0) > 1 && !this.dropQueued(false, hook)) return null;
    return executions.innermost(0);
  }

  /**
   * Closes the last request made, if it runs nothing because it was queued behind another. It is told by its
   * frame, `next` above the place that called it. False: the stack is too deep to tell.
   */
  dropQueued(isNew: boolean, hook: Above): boolean {
    const { executions } = this;
    const last = executions.innermost(0);
    if (last === null || last === executions.resumedRequest()) return true;
    const places = this.stack.all(hook, DEEPEST);
    if (places.length >= DEEPEST) return false;
    let running = 0;
    for (let i = isNew ? 1 : 0; i < places.length - executions.framesBelow; i++) {
      if (isRequest(places[i]) && (places[i + 1]?.id ?? 0) === last.site) running++;
    }
    if (executions.countRequests(last.site) > running) executions.closeCalls(0, 1, this.calls.closed);
    return true;
  }
}

function isRequest(place: Place | null | undefined): boolean {
  if (place?.isBuiltin !== true) return false;
  return place.name === 'next' || place.name === 'return' || place.name === 'throw';
}
