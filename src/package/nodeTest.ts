/**
 * `node --require node-async-debugger/node-test --test`: a test that exceeds its time limit says what it waited for, as a
 * diagnostic of its own.
 */
import type { TestContext } from 'node:test';
import { autopsy } from './autopsy.js';
import { loadAgent } from './agentOfThread.js';

/** Suites have a context, too, that tells nothing. */
interface Context extends Partial<Pick<TestContext, 'diagnostic'>> {
  name?: string;
  fullName?: string;
  /** Node 20 and later. */
  error?: { failureType?: unknown } | null;
}

async function tell(context: Context | undefined): Promise<void> {
  if (context?.error?.failureType !== 'testTimeoutFailure' || !context.diagnostic) return;
  const title = context.fullName?.replaceAll(' > ', ' \u203A ') ?? context.name ?? '';
  const text = await autopsy(title);
  for (const line of text.split('\n')) if (line !== '') context.diagnostic(line);
}

// in the processes of the tests, not in the one that starts them
if (process.env['NODE_TEST_CONTEXT'] !== undefined) {
  loadAgent(false);
  void import('node:test').then(({ afterEach }) => afterEach((context) => tell(context)));
}
