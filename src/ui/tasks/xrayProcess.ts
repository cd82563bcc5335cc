import * as vscode from 'vscode';
import type { Clock } from '../../base/clock.js';
import { t } from '../../base/texts.js';
import { UserError } from '../../base/userError.js';
import { shortPlace } from '../../model/presenter/index.js';
import { plainText } from '../../model/plainText.js';
import type { ProcessSnapshot, Snapshot } from '../../protocol/snapshot.js';
import { SourceLocations } from '../../session/sourceLocations.js';
import { ASK_ABOVE_OBJECTS, type ExpectedCost, expectedText } from '../../xray/expectedCost.js';
import { type DeepLook, deepLook, lightLook, type LookTools } from '../../xray/lookThrough.js';
import { StuckReport } from '../../xray/stuck/stuckReport.js';
import type { XrayIdentity } from '../../xray/xraySnapshot.js';
import type { DebugSessions } from '../sessions/debugSessions.js';
import type { XrayResults } from '../sessions/xrayResults.js';
import type { OutputLog } from '../workbench/log.js';
import { openSite } from '../workbench/openSite.js';

export interface XrayTargets {
  sessions: DebugSessions;
  xrays: XrayResults;
  clock: Clock;
  log: OutputLog;
}

/** Looks into a process, lightly or deep as people choose, and shows what was found below its row. */
export async function xrayProcess(
  session: string | undefined,
  live: Snapshot,
  targets: XrayTargets,
): Promise<void> {
  const process = await chosenProcess(session, live);
  if (!process) return;
  const depth = await vscode.window.showQuickPick(
    [
      {
        label: t('Light'),
        detail: t('Who awaits whom, by place: pauses of parts of a second'),
        isDeep: false,
      },
      {
        label: t('Deep'),
        detail: t(
          'A heap snapshot: also timers, sockets and who may settle a promise. The program stands still.',
        ),
        isDeep: true,
      },
    ],
    { title: t('X-Ray {0}', plainText(process.name)) },
  );
  if (!depth) return;
  await withProgress(process, targets, async (url, identity, tools, report) => {
    const found = depth.isDeep
      ? (await deepLook(url, identity, { confirm, onProgress: ({ step }) => report(step) }, tools))?.process
      : await lightLook(url, identity, tools);
    if (found) targets.xrays.show({ ...found, parent: process.session });
  });
}

/** Says what a process is stuck on; a choice opens the place. */
export async function whatIsStuck(
  session: string | undefined,
  live: Snapshot,
  targets: XrayTargets,
): Promise<void> {
  const process = await chosenProcess(session, live);
  if (!process) return;
  let look: DeepLook | undefined;
  await withProgress(process, targets, async (url, identity, tools, report) => {
    look = await deepLook(url, identity, { confirm, onProgress: ({ step }) => report(step) }, tools);
    if (look) targets.xrays.show({ ...look.process, parent: process.session });
  });
  if (!look) return;
  const lines = new StuckReport(look.xray, look.texts).lines();
  if (lines.length === 0) {
    void vscode.window.showInformationMessage(
      t('No suspended function is there that waits: those that nothing refers to any more were collected.'),
    );
    return;
  }
  const chosen = await vscode.window.showQuickPick(
    lines.map(({ text, site }) => ({ label: shortPlace(site) || t('no place'), detail: text, site })),
    { title: t('What is stuck in {0}, the most likely first', plainText(process.name)), matchOnDetail: true },
  );
  if (chosen?.site) await openSite(chosen.site);
}

/** The process of a row; without one the only one that lives, or the one that is chosen. */
async function chosenProcess(
  session: string | undefined,
  { processes }: Snapshot,
): Promise<ProcessSnapshot | undefined> {
  const living = processes.filter(
    ({ state, xray }) => xray === undefined && ['running', 'paused', 'blocked'].includes(state),
  );
  const own = living.find((process) => process.session === session);
  if (own) return own;
  if (living.length === 0)
    throw new UserError(t('No program is being debugged. Attach to the one that hangs, and try again.'));
  if (living.length === 1) return living[0];
  const items = living.map((process) => ({
    label: plainText(process.name),
    description: `pid ${process.pid}`,
    process,
  }));
  return (await vscode.window.showQuickPick(items, { title: t('Which process?') }))?.process;
}

type Report = (step: string) => void;

async function withProgress(
  process: ProcessSnapshot,
  { sessions, clock, log }: XrayTargets,
  look: (url: string, identity: XrayIdentity, tools: LookTools, report: Report) => Promise<void>,
): Promise<void> {
  const title = t('Looking into {0}', plainText(process.name));
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  const sites = new SourceLocations(log);
  const state = { isCancelled: false };
  try {
    await vscode.window.withProgress(options, async (progress, token) => {
      const onStarted = (cancel: () => void): void => {
        token.onCancellationRequested(() => {
          state.isCancelled = true;
          cancel();
        });
      };
      const identity = {
        session: `${process.session}/xray`,
        name: t('x-ray of {0}', process.name),
        isUnnamed: false,
        takenAt: clock.isoNow(),
        timeOfDay: new Date().toTimeString().slice(0, 8),
      };
      const url = await sessions.inspectorUrl(process.session);
      await look(url, identity, { clock, logger: log, sites, onStarted }, (step) =>
        progress.report({ message: stepText(step) }),
      );
    });
  } catch (error) {
    if (!state.isCancelled) throw error;
  } finally {
    sites.dispose();
  }
}

function stepText(step: string): string {
  switch (step) {
    case 'snapshot':
      return t('its heap');
    case 'linking':
      return t('who awaits whom');
    case 'places':
      return t('where they wait');
    default:
      return t('what it has open');
  }
}

async function confirm(cost: ExpectedCost): Promise<boolean> {
  if (cost.objects < ASK_ABOVE_OBJECTS) return true;
  const goOn = t('Go On');
  const text = t('It has {0}.', expectedText(cost));
  return (await vscode.window.showWarningMessage(text, { modal: true }, goOn)) === goOn;
}
