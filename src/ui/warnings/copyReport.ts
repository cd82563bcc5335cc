import { arch, homedir, platform } from 'node:os';
import * as vscode from 'vscode';
import { t } from '../../base/texts.js';
import { warningReport } from '../../model/presenter/index.js';
import type { Snapshot } from '../../protocol/snapshot.js';
import { findWarning, type WarningReference } from './warningReference.js';
import { workspaceFolders } from '../workbench/workspaceFolders.js';

/** Puts what is known of a warning into the clipboard, as Markdown for an issue. */
export async function copyReport(reference: WarningReference, snapshot: Snapshot): Promise<void> {
  const { process, warning } = findWarning(reference, snapshot);
  const report = warningReport(warning, process, {
    workspace: workspaceFolders(),
    home: homedir(),
    platform: `${platform()} ${arch()}`,
  });
  await vscode.env.clipboard.writeText(report);
  vscode.window.setStatusBarMessage(t('Report copied.'), 3_000);
}
