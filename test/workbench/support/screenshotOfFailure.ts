import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'mocha';
import { CACHE } from '../../../scripts/cacheFolder.js';
import type { Workbench } from '../../../scripts/vscodeHost/workbench.js';

/** Keeps what was on the screen when a test failed, and says where. */
export async function screenshotOfFailure(test: Test | undefined, workbench: Workbench): Promise<void> {
  if (test?.state !== 'failed') return;
  const folder = join(CACHE, 'failures');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${test.fullTitle().replace(/\W+/g, '-')}.png`);
  await workbench.page.screenshot({ path });
  process.stdout.write(`    screenshot: ${path}\n`);
}
