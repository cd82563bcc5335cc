import { appendFileSync, writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { taskRows, treeText, warningRows } from '../src/model/presenter/index.js';
import { isBlocking, type Snapshot } from '../src/protocol/snapshot.js';
import { api } from '../test/vscode/support/extension.js';
import { debugShop, shopSource } from '../test/vscode/support/sample.js';
import { until } from '../test/support/until.js';

const LIMIT_MS = 30_000;

/** Debugs the sample shop in the extension host and prints what the views would show. */
export async function run(): Promise<void> {
  const extension = await api();
  const debugging = await debugShop();
  try {
    const shown = await until(
      'the shop has waiting requests and a blocking report',
      async () => {
        const now = await extension.snapshot();
        return showsTheMainJob(now) ? now : undefined;
      },
      LIMIT_MS,
    );
    const options = { grouping: 'awaits', filter: '', internals: false, maxRows: 200 } as const;
    print(`Async Tasks\n\n${treeText(taskRows(shown, options))}\n\n`);
    print(`Async Warnings\n\n${treeText(warningRows(shown))}\n\n`);
    const problems = vscode.languages.getDiagnostics(vscode.Uri.file(shopSource('report.ts')));
    for (const { message, range } of problems)
      print(`Problems: report.ts:${range.start.line + 1} ${message}\n`);
    const done = process.env['DONE_FILE'];
    if (done !== undefined) writeFileSync(done, 'done');
  } catch (error) {
    print(`${error instanceof Error ? error.message : String(error)}\n`);
    throw error;
  } finally {
    await debugging.stop();
  }
}

function showsTheMainJob({ processes }: Snapshot): boolean {
  const tasks = processes.flatMap((process) => process.tasks);
  const warnings = processes.flatMap((process) => process.warnings);
  return (
    ['cart', 'checkout'].every((handler) =>
      tasks.some(({ name, awaitingAt }) => name === handler && awaitingAt?.file.endsWith('.ts') === true),
    ) &&
    warnings.some(
      (warning) => isBlocking(warning) && !warning.ongoing && warning.site?.file === shopSource('report.ts'),
    )
  );
}

function print(text: string): void {
  const file = process.env['OUTPUT_FILE'];
  if (file !== undefined) appendFileSync(file, text);
}
