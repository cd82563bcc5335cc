/** A program that is stuck, and the question whose answer must name the line marked with FAULT in it. */
export interface AgentCase {
  readonly program: string;
  readonly tool: string;
  readonly input?: Record<string, unknown>;
  /** Options of node. */
  readonly options?: string;
  /** It is started by itself, with the agent (`watched`) or without, and attached to by its process id. */
  readonly attach?: 'watched' | 'plain';
  /** How long the program has before it is asked. */
  readonly afterMs?: number;
}

export const AGENT_CASES: readonly AgentCase[] = [
  { program: 'lock-not-released', tool: 'explain_hang' },
  { program: 'two-wait-for-each-other', tool: 'explain_hang' },
  { program: 'waits-for-itself', tool: 'explain_hang', attach: 'watched' },
  { program: 'lost-promise', tool: 'explain_hang', options: '--expose-gc' },
  { program: 'endless-loop', tool: 'explain_hang', attach: 'plain' },
  { program: 'slow-pattern', tool: 'explain_blocking', afterMs: 1500 },
  { program: 'reads-synchronously', tool: 'explain_blocking', afterMs: 1500 },
  { program: 'parses-much', tool: 'explain_blocking', afterMs: 4000 },
  { program: 'forgotten-interval', tool: 'why_alive', attach: 'watched' },
  { program: 'server-left-open', tool: 'why_alive' },
  { program: 'connection-left-open', tool: 'why_alive' },
  { program: 'watcher-left-open', tool: 'why_alive' },
  { program: 'worker-left-running', tool: 'why_alive' },
  { program: 'child-left-running', tool: 'why_alive' },
  { program: 'fetch-without-answer', tool: 'explain_hang' },
  { program: 'missed-event', tool: 'async_tasks', attach: 'watched' },
  { program: 'one-of-many', tool: 'explain_hang' },
  { program: 'stream-without-end', tool: 'explain_hang' },
  { program: 'leaking-tasks', tool: 'compare_snapshots', input: { seconds: 1 } },
  { program: 'answer-of-a-worker', tool: 'explain_hang' },
];
