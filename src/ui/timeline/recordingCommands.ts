import * as vscode from 'vscode';
import type { Clock } from '../../base/clock.js';
import { t } from '../../base/texts.js';
import { UserError } from '../../base/userError.js';
import { chromeTrace } from '../../recording/chromeTrace.js';
import { comparisonLines } from '../../recording/comparison.js';
import { perfettoTrace } from '../../recording/perfettoTrace.js';
import { RECORDING_EXTENSION, writeRecording } from '../../recording/recordingFile.js';
import type { Recording } from '../../recording/threadRecording.js';
import type { DebugSessions } from '../sessions/debugSessions.js';
import type { RecordedPrograms } from './recordedPrograms.js';
import { readRecordingAt } from './recordingEditor.js';
import { post, setUpPage } from './timelinePage.js';

export interface RecordingTargets {
  programs: RecordedPrograms;
  sessions: DebugSessions;
  clock: Clock;
  version: string;
  extensionUri: vscode.Uri;
}

/** Writes what was recorded to a file of the user's choice, and opens it. */
export async function saveRecording(targets: RecordingTargets, given?: vscode.Uri): Promise<void> {
  const { programs, sessions, clock, version } = targets;
  const recordings = await recorded(programs);
  const uri =
    given ?? (await vscode.window.showSaveDialog({ filters: { 'Async Recording': [RECORDING_EXTENSION] } }));
  if (uri === undefined) return;
  const file = { madeAt: clock.isoNow(), madeBy: version, recordings, snapshot: sessions.take().all };
  await vscode.workspace.fs.writeFile(uri, writeRecording(file));
  await vscode.commands.executeCommand('vscode.open', uri);
}

/** Writes what was recorded for Perfetto or Chrome's Performance panel. */
export async function exportTrace({ programs }: RecordingTargets): Promise<void> {
  const recordings = await recorded(programs);
  const uri = await vscode.window.showSaveDialog({
    filters: { Perfetto: ['pftrace'], [t('Chrome Performance')]: ['json'] },
  });
  if (uri === undefined) return;
  const bytes = uri.path.endsWith('.json')
    ? new TextEncoder().encode(chromeTrace(recordings))
    : perfettoTrace(recordings);
  await vscode.workspace.fs.writeFile(uri, bytes);
}

/** Asks for two recordings, the earlier one first, and shows what has changed. */
export async function compareRecordings({ extensionUri }: RecordingTargets): Promise<void> {
  const before = await chosen(t('Earlier Recording'));
  const after = before && (await chosen(t('Later Recording')));
  if (before === undefined || after === undefined) return;
  const [old, now] = await Promise.all([readRecordingAt(before), readRecordingAt(after)]);
  const panel = vscode.window.createWebviewPanel(
    'asyncDebugger.comparison',
    t('Recordings Compared'),
    vscode.ViewColumn.Active,
  );
  const lines = comparisonLines(old.recordings, now.recordings);
  setUpPage(panel.webview, extensionUri, (message) => {
    if (message.type === 'ready') void post(panel.webview, { type: 'compare', lines });
  });
}

async function recorded(programs: RecordedPrograms): Promise<Recording[]> {
  const recordings = await programs.recordings();
  if (recordings.length === 0)
    throw new UserError(
      t('Nothing was recorded. Start debugging, with asyncDebugger.recording.seconds above 0.'),
    );
  return recordings;
}

async function chosen(title: string): Promise<vscode.Uri | undefined> {
  const found = await vscode.window.showOpenDialog({
    title,
    openLabel: title,
    filters: { 'Async Recording': [RECORDING_EXTENSION] },
  });
  return found?.[0];
}
