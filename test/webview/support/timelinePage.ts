import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { ToPage } from '../../../src/recording/timelineMessages.js';
import { pageHtml } from '../../../src/ui/timeline/pageHtml.js';

const ROOT = join(__dirname, '..', '..', '..');
const ORIGIN = 'http://timeline.test';

/** VS Code's variables for a dark and a light theme, as far as the page uses them. */
const THEMES = {
  dark: `--vscode-foreground:#cccccc;--vscode-descriptionForeground:#9d9d9d;--vscode-panel-background:#181818;
    --vscode-editor-background:#1f1f1f;--vscode-panel-border:#2b2b2b;--vscode-charts-green:#89d185;
    --vscode-charts-orange:#d18616;--vscode-charts-red:#f14c4c;--vscode-charts-blue:#3794ff;
    --vscode-charts-purple:#b180d7;--vscode-charts-yellow:#cca700;--vscode-input-background:#313131;
    --vscode-dropdown-background:#313131;--vscode-focusBorder:#0078d4;--vscode-font-family:sans-serif;
    --vscode-font-size:13px;--vscode-list-inactiveSelectionBackground:#37373d;
    --vscode-editorHoverWidget-background:#202020;--vscode-editorHoverWidget-border:#454545;background:#181818;`,
  light: `--vscode-foreground:#3b3b3b;--vscode-descriptionForeground:#616161;--vscode-panel-background:#f8f8f8;
    --vscode-editor-background:#ffffff;--vscode-panel-border:#e5e5e5;--vscode-charts-green:#388a34;
    --vscode-charts-orange:#d18616;--vscode-charts-red:#e51400;--vscode-charts-blue:#1a85ff;
    --vscode-charts-purple:#652d90;--vscode-charts-yellow:#bf8803;--vscode-input-background:#ffffff;
    --vscode-dropdown-background:#ffffff;--vscode-focusBorder:#005fb8;--vscode-font-family:sans-serif;
    --vscode-font-size:13px;--vscode-list-inactiveSelectionBackground:#e4e6f1;
    --vscode-editorHoverWidget-background:#f8f8f8;--vscode-editorHoverWidget-border:#c8c8c8;background:#f8f8f8;`,
};

/** What the page finds in place of VS Code; as text, since what builds a test adds to functions. */
const HOST = `
  window.said = [];
  window.acquireVsCodeApi = () => ({ postMessage: (message) => window.said.push(message) });
`;

export async function startBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  });
}

/** The built page as VS Code shows it, with its own policy, and what it says to the host in `said`. */
export async function openTimeline(
  browser: Browser,
  {
    theme = 'dark',
    width = 900,
    height = 420,
  }: { theme?: keyof typeof THEMES; width?: number; height?: number } = {},
): Promise<Page> {
  const page = await browser.newPage({ viewport: { width, height } });
  await page.addInitScript(HOST);
  const files: Record<string, [string, () => Buffer | string]> = {
    '/': ['text/html', () => pageHtml(ORIGIN, 'nonce', `${ORIGIN}/timeline.js`, `${ORIGIN}/timeline.css`)],
    '/timeline.js': ['text/javascript', () => readFileSync(join(ROOT, 'dist', 'timeline.js'))],
    '/timeline.css': ['text/css', () => readFileSync(join(ROOT, 'media', 'timeline', 'timeline.css'))],
    '/theme.css': ['text/css', () => `body{${THEMES[theme]}}`],
  };
  await page.route('**/*', async (route) => {
    const file = files[new URL(route.request().url()).pathname];
    if (file === undefined) await route.fulfill({ status: 404 });
    else await route.fulfill({ contentType: file[0], body: file[1]() });
  });
  await page.goto(`${ORIGIN}/`);
  await page.addStyleTag({ url: `${ORIGIN}/theme.css` });
  await page.evaluate(`document.body.className = 'vscode-themed'`);
  return page;
}

/** Sends what an extension host sends; typed arrays go as lists. */
export async function send(page: Page, message: ToPage): Promise<void> {
  const text = JSON.stringify(message, listsOf);
  await page.evaluate(
    `window.postMessage(${text}, '*');
    new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))`,
  );
}

function listsOf(_key: string, value: unknown): unknown {
  return ArrayBuffer.isView(value) ? [...(value as unknown as Iterable<number>)] : value;
}
