import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable.js';
import { t } from '../../base/texts.js';
import { UserError } from '../../base/userError.js';
import { taskRows, treeText } from '../../model/presenter/index.js';
import { readRecording, type RecordingFile } from '../../recording/recordingFile.js';
import { sentThread } from '../../recording/timelineMessages.js';
import { openSite } from '../workbench/openSite.js';
import { recordingEditorId } from '../workbench/viewIds.js';
import { post, setUpPage } from './timelinePage.js';

/** Opens files of recordings, without the program. */
export class RecordingEditor implements vscode.CustomReadonlyEditorProvider<OpenRecording>, Disposable {
  private readonly store = new DisposableStore();

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly report: (error: unknown) => void,
  ) {
    this.store.add(
      vscode.window.registerCustomEditorProvider(recordingEditorId, this, {
        webviewOptions: { retainContextWhenHidden: true },
      }),
    );
  }

  /** Rejects with a `UserError` where the file is none. */
  async openCustomDocument(uri: vscode.Uri): Promise<OpenRecording> {
    return { uri, file: await readRecordingAt(uri), dispose: () => undefined };
  }

  resolveCustomEditor({ file }: OpenRecording, panel: vscode.WebviewPanel): void {
    const subscription = setUpPage(panel.webview, this.extensionUri, (message) => {
      if (message.type === 'ready') void show(panel.webview, file);
      if (message.type !== 'open') return;
      const recording = file.recordings.find(({ thread }) => thread.session === message.session);
      const site = recording?.places[message.place];
      if (site !== undefined) openSite(site).catch(this.report);
    });
    panel.onDidDispose(() => void subscription.dispose());
  }

  dispose(): void {
    this.store.dispose();
  }
}

interface OpenRecording extends vscode.CustomDocument {
  file: RecordingFile;
}

/** Rejects with a `UserError` where the file is no recording. */
export async function readRecordingAt(uri: vscode.Uri): Promise<RecordingFile> {
  const { size } = await vscode.workspace.fs.stat(uri);
  if (size > MAX_BYTES) throw new UserError(t('This file is too large for a recording.'));
  return readRecording(await vscode.workspace.fs.readFile(uri));
}

async function show(webview: vscode.Webview, { recordings, snapshot }: RecordingFile): Promise<void> {
  const threads = recordings.map((recording) => sentThread(recording, 0, 0, 0));
  await post(webview, { type: 'threads', threads, state: 'still', nowMs: 0 });
  if (snapshot === undefined) return;
  const rows = taskRows(snapshot, {
    grouping: 'awaits',
    filter: '',
    internals: false,
    maxRows: MAX_ROWS,
    hasNoFilter: true,
  });
  await post(webview, { type: 'tree', text: treeText(rows) });
}

const MAX_BYTES = 1_000_000_000;
const MAX_ROWS = 1_000;
