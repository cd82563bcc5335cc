import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { t } from '../../base/texts.js';
import type { FromPage, ToPage } from '../../recording/timelineMessages.js';
import { pageHtml } from './pageHtml.js';

/** Texts of the page; what is drawn there out of a program is not among them. */
function pageTexts(): Record<string, string> {
  return {
    Timeline: t('Timeline'),
    Table: t('Table'),
    Statistics: t('Statistics'),
    Tree: t('Tree'),
    Comparison: t('Comparison'),
    Follow: t('Follow'),
    'Fit All': t('Fit All'),
    'By Await': t('By Await'),
    'By Place': t('By Place'),
    Operations: t('Operations'),
    running: t('running'),
    'ready, waits for the loop': t('ready, waits for the loop'),
    awaiting: t('awaiting'),
    'loop blocked': t('loop blocked'),
    'Start debugging a Node.js program to see its tasks here.': t(
      'Start debugging a Node.js program to see its tasks here.',
    ),
  };
}

/** Sets a webview up: no remote code, and nothing but our own script and style. */
export function setUpPage(
  webview: vscode.Webview,
  extensionUri: vscode.Uri,
  onMessage: (message: FromPage) => void,
): vscode.Disposable {
  const dist = vscode.Uri.joinPath(extensionUri, 'dist');
  const media = vscode.Uri.joinPath(extensionUri, 'media', 'timeline');
  webview.options = { enableScripts: true, localResourceRoots: [dist, media] };
  const subscription = webview.onDidReceiveMessage((message: FromPage) => {
    if (message.type === 'ready') void post(webview, { type: 'texts', texts: pageTexts() });
    onMessage(message);
  });
  webview.html = pageHtml(
    webview.cspSource,
    randomBytes(16).toString('base64'),
    webview.asWebviewUri(vscode.Uri.joinPath(dist, 'timeline.js')).toString(),
    webview.asWebviewUri(vscode.Uri.joinPath(media, 'timeline.css')).toString(),
  );
  return subscription;
}

export function post(webview: vscode.Webview, message: ToPage): Thenable<boolean> {
  return webview.postMessage(message);
}
