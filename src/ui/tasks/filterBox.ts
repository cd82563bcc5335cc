import * as vscode from 'vscode';
import { t } from '../../base/texts.js';
import type { TaskFilter } from './taskFilter.js';

/** What can follow `state:`. */
const STATES = ['running', 'ready', 'awaiting', 'pending', 'ended', 'fulfilled', 'rejected'];

/** Asks what to show and tells, while a state is typed, which there are. */
export async function askForFilter(filter: TaskFilter): Promise<void> {
  const text = await vscode.window.showInputBox({
    title: t('Filter Async Tasks'),
    prompt: t(
      'Words, "whole phrases", state:ready, file:cart.ts, type:timer; a minus before one excludes it. Empty: show all.',
    ),
    value: filter.value,
    validateInput: hint,
  });
  if (text !== undefined) filter.value = text.trim();
}

function hint(text: string): vscode.InputBoxValidationMessage | undefined {
  const begun = /(?:^|\s)-?state:(\w*)$/i.exec(text)?.[1]?.toLowerCase();
  if (begun === undefined || STATES.includes(begun)) return undefined;
  const fitting = STATES.filter((state) => state.startsWith(begun));
  const states = (fitting.length > 0 ? fitting : STATES).join(', ');
  return {
    message: t('States: {0}', states),
    severity: vscode.InputBoxValidationSeverity.Info,
  };
}
