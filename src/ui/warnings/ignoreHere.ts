import * as vscode from 'vscode';
import { UserError } from '../../base/userError.js';
import { t } from '../../base/texts.js';
import { findingPattern, ignoreChoices, type IgnoreChoice, shortPlace } from '../../model/presenter/index.js';
import type { Finding, Site } from '../../protocol/snapshot.js';
import type { Settings } from '../settings/settings.js';
import { workspaceFolders } from '../workbench/workspaceFolders.js';

/** Asks how much of a finding is to be ignored, and keeps the answer as a setting. */
export async function ignoreFinding(finding: Finding, settings: Settings): Promise<void> {
  const { site, kind } = finding;
  const places = site ? ignoreChoices(site, workspaceFolders()) : [];
  const items = places.map(({ what, pattern }) => ({
    label: label(what, site as Site),
    description: findingPattern(finding, pattern),
  }));
  const everywhere = { label: t('Everywhere'), description: findingPattern(finding) };
  const chosen = await vscode.window.showQuickPick([...items, everywhere], {
    title: t('Do Not Report {0} In', kind),
    placeHolder: t('Kept in the setting {0}', 'asyncDebugger.findings.ignore'),
  });
  if (chosen !== undefined) await settings.ignore(chosen.description, 'findings.ignore');
}

/** Asks how much around a place is to be ignored, and keeps the answer as a setting. */
export async function ignoreHere(site: Site | undefined, settings: Settings): Promise<void> {
  const choices = site ? ignoreChoices(site, workspaceFolders()) : [];
  if (site === undefined || choices.length === 0)
    throw new UserError(t('This warning has no place in a file that could be ignored.'));
  const items = choices.map(({ what, pattern }) => ({
    label: label(what, site),
    description: pattern,
    pattern,
  }));
  const chosen = await vscode.window.showQuickPick(items, {
    title: t('Do Not Report Blocks In'),
    placeHolder: t('Kept in the setting {0}', 'asyncDebugger.blocking.ignore'),
  });
  if (chosen !== undefined) await settings.ignore(chosen.pattern);
}

function label(what: IgnoreChoice['what'], site: Site): string {
  switch (what) {
    case 'function':
      return t('The Function {0}', site.function ?? '');
    case 'line':
      return t('The Line {0}', shortPlace(site));
    case 'file':
      return t('The Whole File');
    case 'package':
      return t('The Whole Package');
  }
}
