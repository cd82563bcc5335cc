import * as vscode from 'vscode';
import { t } from '../../base/texts.js';
import { timesText } from '../../model/presenter/index.js';
import { commandIds } from '../workbench/commandIds.js';

/** A tooltip that also says how much async stacks slow the program, and what can be done. */
export function withAsyncStackHint(text: string, times: number): vscode.MarkdownString {
  const tooltip = new vscode.MarkdownString();
  tooltip.isTrusted = {
    enabledCommands: [commandIds.asyncStacksOnceBreakpoint, commandIds.dismissAsyncStackHint],
  };
  tooltip.appendText(text);
  tooltip.appendMarkdown('\n\n');
  tooltip.appendText(
    t(
      'Async stacks of the debugger slow this program about {0} times, by an estimate from what it makes in a second.',
      timesText(times),
    ),
  );
  const off = t('Switch off until a breakpoint is set');
  const never = t('Do not show again');
  return tooltip.appendMarkdown(
    `\n\n[${off}](command:${commandIds.asyncStacksOnceBreakpoint}) · [${never}](command:${commandIds.dismissAsyncStackHint})`,
  );
}
