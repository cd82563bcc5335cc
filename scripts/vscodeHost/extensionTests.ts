import { Browser } from './browser.js';
import { VsCodeServer } from './server.js';

const LIMIT_MS = 10 * 60_000;

/** What VS Code says of the native modules and the service worker that this installation has not. */
const NOISE = /^\[Service Worker\]|Could not locate the bindings file|Cannot find module '.*\/build\//;

/** A module to run in an extension host. */
export interface ExtensionRun {
  /** Folder of the extension under development. */
  extension: string;
  /** Module whose `run()` does the work. */
  entry: string;
  /** Folder to open. */
  folder: string;
  env: Record<string, string>;
}

/**
 * Runs a module in a real extension host: the VS Code server with its workbench in a headless browser.
 * Resolves with its exit code. 0 alone is no success: VS Code says so too when the extension host was killed.
 */
export async function runInServer(what: ExtensionRun): Promise<number> {
  const server = await VsCodeServer.start({ forTests: true });
  try {
    const browser = await Browser.start();
    try {
      return await exitCode(browser, server.url({ ...what, tests: what.entry }));
    } finally {
      await browser.stop();
    }
  } finally {
    await server.stop();
  }
}

async function exitCode({ page }: Browser, url: string): Promise<number> {
  const errors = new Set<string>();
  let tooLate: NodeJS.Timeout | undefined;
  const ended = new Promise<number>((resolve, reject) => {
    const open = async (): Promise<void> => {
      await page.exposeFunction('codeAutomationLog', (type: string, args: unknown[]) => {
        const text = args.map(String).join(' ');
        if (type === 'error' && !NOISE.test(text)) errors.add(text);
      });
      await page.exposeFunction('codeAutomationExit', resolve);
      await page.goto(url);
    };
    page.once('crash', () => reject(new Error('The page of the workbench crashed')));
    tooLate = setTimeout(() => reject(new Error(`VS Code has not ended after ${LIMIT_MS} ms`)), LIMIT_MS);
    open().catch(reject);
  });
  try {
    const code = await ended;
    if (code !== 0) process.stderr.write([...errors].map((error) => `${error}\n`).join(''));
    return code;
  } finally {
    clearTimeout(tooLate);
  }
}
