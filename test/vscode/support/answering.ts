import * as vscode from 'vscode';

type Question = 'showQuickPick' | 'showInformationMessage' | 'showWarningMessage';

/**
 * What has been asked of the user during `run`, as texts; each question is answered with this, or by this.
 */
export async function answering(
  question: Question,
  answer: ((asked: unknown) => unknown) | undefined,
  run: () => Thenable<unknown>,
): Promise<string[]> {
  const asked: string[] = [];
  const { window } = vscode;
  const original: unknown = window[question];
  const stub = (what: unknown): Promise<unknown> => {
    asked.push(typeof what === 'string' ? what : JSON.stringify(what));
    return Promise.resolve(answer?.(what));
  };
  Object.assign(window, { [question]: stub });
  try {
    await run();
  } finally {
    Object.assign(window, { [question]: original });
  }
  return asked;
}
