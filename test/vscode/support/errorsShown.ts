import * as vscode from 'vscode';

/** What `run` has shown to the user as errors. */
export async function errorsShown(run: () => Thenable<unknown>): Promise<string[]> {
  const shown: string[] = [];
  const { window } = vscode;
  const { showErrorMessage } = window;
  const stub = (text: string): Promise<undefined> => {
    shown.push(text);
    return Promise.resolve(undefined);
  };
  Object.assign(window, { showErrorMessage: stub });
  try {
    await run();
  } finally {
    Object.assign(window, { showErrorMessage });
  }
  return shown;
}
