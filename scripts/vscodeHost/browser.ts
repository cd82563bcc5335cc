import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Page, chromium } from 'playwright-core';
import { runVisibly } from '../run.js';

const CANDIDATES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-sync',
  '--disable-background-networking',
  '--disable-component-update',
  '--no-first-run',
];

/** What is waited for comes late where the machine has much other work. */
const DEFAULT_LIMIT_MS = 90_000;

/** A headless Chromium with one page; it leaves nothing behind. */
export class Browser {
  private constructor(
    readonly page: Page,
    private readonly profile: string,
  ) {}

  static async start(): Promise<Browser> {
    const executablePath = await findChromium();
    const profile = mkdtempSync(join(tmpdir(), 'nad-browser-'));
    const context = await chromium.launchPersistentContext(profile, {
      executablePath,
      headless: true,
      viewport: { width: 1400, height: 900 },
      args: FLAGS,
    });
    context.setDefaultTimeout(DEFAULT_LIMIT_MS);
    return new Browser(context.pages()[0] ?? (await context.newPage()), profile);
  }

  async stop(): Promise<void> {
    await this.page.context().close();
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Path of a Chromium or Chrome; installs Debian's where there is none and we may. */
async function findChromium(): Promise<string> {
  const chosen = process.env['CHROMIUM'];
  if (chosen !== undefined && chosen !== '') return chosen;
  const found = (): string | undefined => CANDIDATES.find((path) => existsSync(path));
  const installed = found();
  if (installed !== undefined) return installed;
  if (existsSync('/usr/bin/apt-get') && process.getuid?.() === 0) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    await runVisibly('apt-get', ['update', '-q'], { env });
    const packages = ['chromium', 'fonts-dejavu-core'];
    await runVisibly('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages], { env });
    const fresh = found();
    if (fresh !== undefined) return fresh;
  }
  throw new Error('There is no Chromium or Chrome: install one, or set CHROMIUM to the path of its program');
}
