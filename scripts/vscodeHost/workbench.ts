import type { Locator, Page } from 'playwright-core';
import { Browser } from './browser.js';
import { type ServerOptions, VsCodeServer, type WorkbenchTarget } from './server.js';

const AGAIN_LIMIT_MS = 90_000;

/** VS Code in a headless browser, driven as a person would: by keys, clicks and what is on the screen. */
export class Workbench {
  private constructor(
    private readonly server: VsCodeServer,
    private readonly browser: Browser,
  ) {}

  static async open(target: WorkbenchTarget, options: ServerOptions = {}): Promise<Workbench> {
    const server = await VsCodeServer.start({ forTests: target.extension !== undefined, ...options });
    let browser: Browser | undefined;
    try {
      browser = await Browser.start();
      await browser.page.goto(server.url(target));
      await browser.page.locator('.monaco-workbench .part.statusbar').waitFor();
      return new Workbench(server, browser);
    } catch (error) {
      await browser?.stop();
      await server.stop();
      throw error;
    }
  }

  get page(): Page {
    return this.browser.page;
  }

  async close(): Promise<void> {
    await this.browser.stop();
    await this.server.stop();
  }

  /** Runs a command by the name that the command palette shows, and gives these answers to what it asks. */
  async command(name: string, ...answers: string[]): Promise<void> {
    const { page } = this;
    // the palette offers what was possible when it opened: what has only just become possible needs another look
    await again(async () => {
      await page.keyboard.press('Escape');
      await this.type(() => page.keyboard.press('F1'), `>${name}`);
      await this.choose(name, 5_000);
    });
    for (const answer of answers) await this.choose(answer);
    await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
  }

  /** Opens a file of the workspace at a line, from 1. */
  async openFile(name: string, line = 1): Promise<void> {
    const { page } = this;
    await this.ask(() => page.keyboard.press('Control+KeyP'), `${name}:${line}`);
    await this.choose(name);
    await page.locator('.tab.active', { hasText: name }).waitFor();
    await this.status(`Ln ${line},`).waitFor();
  }

  /** Moves the right edge of the side bar. */
  async widenSideBar(width: number): Promise<void> {
    const { page } = this;
    const box = await page.locator('.part.sidebar').boundingBox();
    if (box === null) throw new Error('The side bar is hidden');
    await page.mouse.move(box.x + box.width, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + width, box.y + box.height / 2, { steps: 5 });
    await page.mouse.up();
  }

  /** Sets or removes a breakpoint where the cursor is. */
  async toggleBreakpoint(): Promise<void> {
    await this.page.keyboard.press('F9');
  }

  async openRunAndDebug(): Promise<void> {
    await this.command('View: Show Run and Debug');
    // VS Code knows what F5 starts only when the debuggers have been registered.
    await this.page.locator('.start-debug-action-item').waitFor();
  }

  /** Starts what the Run and Debug view has chosen. */
  async startDebugging(): Promise<void> {
    await this.page.locator('.start-debug-action-item .codicon-debug-start').click();
    await this.toolbar().waitFor();
  }

  /** Starts a launch configuration by its name. */
  async startConfiguration(name: string): Promise<void> {
    await this.command('Debug: Select and Start Debugging', name);
    await this.toolbar().waitFor();
  }

  async stopDebugging(): Promise<void> {
    await this.page.keyboard.press('Shift+F5');
    await this.toolbar().waitFor({ state: 'hidden' });
  }

  /** A view in the side bar, opened if it is folded. */
  async view(title: string): Promise<Locator> {
    const pane = this.page.locator('.pane', {
      has: this.page.locator('.pane-header .title', { hasText: title }),
    });
    const header = pane.locator('.pane-header');
    await header.waitFor();
    if ((await header.getAttribute('aria-expanded')) === 'false') await header.click();
    return pane;
  }

  /** Opens these views in the side bar and folds the others, so that they have all of the room. */
  async showOnly(...titles: string[]): Promise<void> {
    for (const title of titles) await this.view(title);
    for (const header of await this.page.locator('.debug-viewlet .pane-header').all()) {
      const text = (await header.locator('.title').textContent()) ?? '';
      if (titles.includes(text.trim())) continue;
      if ((await header.getAttribute('aria-expanded')) === 'true') await header.click();
    }
  }

  /** Rows of a view, as many as are on the screen. */
  async rows(title: string): Promise<Locator> {
    return (await this.view(title)).locator('.monaco-list-row');
  }

  /** Chooses an entry of a row's menu; again if that has closed at once, or stands open still, since the focus was on its way. */
  async rowMenu(row: Locator, entry: string): Promise<void> {
    const item = this.page.getByRole('menuitem', { name: entry });
    await again(async () => {
      if (!(await item.isVisible())) await row.click({ button: 'right', timeout: 2_000 });
      await item.hover({ timeout: 2_000 });
      await this.page.keyboard.press('Enter');
      await item.waitFor({ state: 'hidden', timeout: 2_000 });
    });
  }

  /** An entry of the status bar with this text. */
  status(text: string | RegExp): Locator {
    return this.page.locator('.statusbar-item', { hasText: text });
  }

  /** Entries of the Problems panel, which is opened. */
  async problems(): Promise<Locator> {
    const panel = this.page.locator('.markers-panel');
    if (!(await panel.isVisible())) await this.command('Problems: Focus on Problems View');
    await panel.waitFor();
    return panel.locator('.monaco-list-row');
  }

  /** The number on the icon of *Run and Debug*. */
  badge(): Locator {
    const icon = this.page.locator('.activitybar .action-item', {
      has: this.page.getByLabel(/^Run and Debug/),
    });
    return icon.locator('.badge-content');
  }

  /** Opens the quick input and types; again if it has closed at once because the focus was on its way. */
  async ask(open: () => Promise<void>, text: string): Promise<void> {
    await again(() => this.type(open, text));
  }

  private async type(open: () => Promise<void>, text: string): Promise<void> {
    await open();
    await this.page.locator('.quick-input-widget input').fill(text, { timeout: 5_000 });
  }

  /** Buttons to pause and stop, which are there while something is debugged. */
  private toolbar(): Locator {
    return this.page.locator('.debug-toolbar, .titlebar-center .codicon-debug-stop').first();
  }

  private async choose(entry: string, limitMs?: number): Promise<void> {
    const { page } = this;
    const row = page.locator('.quick-input-list .monaco-list-row', { hasText: entry }).first();
    await row.click(limitMs === undefined ? {} : { timeout: limitMs });
  }
}

/** Tries until it succeeds, for as long as a machine that has much other work may need. */
async function again(act: () => Promise<void>): Promise<void> {
  const deadline = Date.now() + AGAIN_LIMIT_MS;
  for (;;) {
    try {
      await act();
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
  }
}
