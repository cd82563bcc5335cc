import * as vscode from 'vscode';
import type { Disposable } from '../../base/disposable.js';
import type { Event } from '../../base/emitter.js';
import { t } from '../../base/texts.js';
import { noticeText, shortPlace } from '../../model/presenter/index.js';
import { isBlocking, type ProcessSnapshot, type Warning } from '../../protocol/snapshot.js';
import { commandIds } from '../workbench/commandIds.js';
import type { Settings } from '../settings/settings.js';
import type { ShownSnapshots } from '../sessions/shownSnapshots.js';
import { siteUri } from '../workbench/sitePlace.js';
import { focusWarnings } from '../workbench/viewIds.js';

/** What the notices are made from. */
export interface BlockNoticeSources {
  readonly onDidWarn: Event<Warning & { session: string }>;
  process(id: string): ProcessSnapshot | undefined;
  run(id: string): string | undefined;
}

/** Places of so many are remembered. */
const MAX_TOLD = 1_000;

/** Where the user wants it: one notification for each place that blocks, once in a run. */
export class BlockNotices implements Disposable {
  private readonly subscription: Disposable;
  private readonly told = new Set<string>();

  constructor(
    private readonly sources: BlockNoticeSources,
    private readonly shown: ShownSnapshots,
    private readonly settings: Settings,
  ) {
    this.subscription = sources.onDidWarn((warning) => this.warned(warning));
  }

  dispose(): void {
    this.subscription.dispose();
  }

  private warned(warning: Warning & { session: string }): void {
    const { session, site } = warning;
    if (
      !this.settings.value['blocking.notify'] ||
      !isBlocking(warning) ||
      this.shown.ignored.places.has(site)
    )
      return;
    const place = site ? `${site.file}#${site.function ?? site.line}` : warning.id.slice(session.length);
    const key = `${this.sources.run(session)} ${place}`;
    if (this.told.has(key)) return;
    if (this.told.size >= MAX_TOLD) this.told.clear();
    this.told.add(key);
    void this.tell(warning);
  }

  private async tell(warning: Warning & { session: string; ongoing: boolean }): Promise<void> {
    const { session, site, ongoing } = warning;
    const name = this.sources.process(session)?.name ?? '';
    const where = [site?.function, shortPlace(site)].filter(Boolean).join(', ');
    const text =
      where === ''
        ? t('{0}: the event loop is blocked.', name)
        : t('{0}: the event loop is blocked by {1}.', name, where);
    const show = t('Show');
    const stop = t('Pause There');
    const ignore = t('Ignore Here…');
    const buttons = [show, ...(ongoing ? [stop] : []), ...(site ? [ignore] : [])];
    const answer = await vscode.window.showWarningMessage(noticeText(text), ...buttons);
    const row = { session, warning: warning.id, ...(site && { awaitSite: site }) };
    if (answer === stop) await vscode.commands.executeCommand(commandIds.pauseThere, row);
    else if (answer === ignore) await vscode.commands.executeCommand(commandIds.ignoreHere, row);
    else if (answer === show) {
      await vscode.commands.executeCommand(focusWarnings);
      if (site && siteUri(site)) await vscode.commands.executeCommand(commandIds.goToAwaitSite, row);
    }
  }
}
