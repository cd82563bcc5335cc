import * as vscode from 'vscode';
import { t } from '../../base/texts.js';
import type { Grouping } from '../../model/presenter/index.js';
import type { Settings } from '../settings/settings.js';
import { groupings } from '../settings/settingsTable.js';

/** Asks how the tasks view is to be grouped and keeps the answer as a setting. */
export async function chooseGrouping(settings: Settings): Promise<void> {
  const now = settings.value['tasks.grouping'];
  const items = groupings.map((grouping) => ({
    label: `$(${grouping === now ? 'check' : 'blank'}) ${groupingLabel(grouping)}`,
    description: explanation(grouping),
    grouping,
  }));
  const chosen = await vscode.window.showQuickPick(items, { title: t('Group Async Tasks') });
  if (chosen !== undefined) await settings.update('tasks.grouping', chosen.grouping);
}

export function groupingLabel(grouping: Grouping): string {
  switch (grouping) {
    case 'awaits':
      return t('By Await');
    case 'site':
      return t('By Place');
    case 'type':
      return t('By Type');
    case 'age':
      return t('By Age');
  }
}

function explanation(grouping: Grouping): string {
  switch (grouping) {
    case 'awaits':
      return t('Each task above what it awaits');
    case 'site':
      return t('Tasks that wait at the same line together, with their count');
    case 'type':
      return t('Functions, promises, timers and requests apart');
    case 'age':
      return t('One flat list, oldest first');
  }
}
