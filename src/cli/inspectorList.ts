import { t } from '../base/texts.js';
import { get } from 'node:http';
import { UserError } from '../base/userError.js';

/** A program that an inspector offers. */
export interface InspectorTarget {
  title: string;
  webSocketUrl: string;
}

/** Asks an inspector for its program. Rejects with a UserError that says what to do. */
export async function inspectorTarget(
  host: string,
  port: number,
  timeoutMs: number,
): Promise<InspectorTarget> {
  const place = `${host}:${port}`;
  let text: string;
  try {
    text = await getText(host, port, timeoutMs);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UserError(
      code === 'ECONNREFUSED'
        ? t('Nothing listens on {0}. Start the program with --inspect={0}, or give its process id.', place)
        : t('{0} does not answer ({1}). Is it the inspector of a Node.js program?', place, message),
    );
  }
  const target = firstTarget(text);
  if (!target) throw new UserError(t('{0} is not the inspector of a Node.js program.', place));
  // Behind a tunnel the inspector does not know the address that it is reached by.
  const url = new URL(target.webSocketUrl);
  return { title: target.title, webSocketUrl: `ws://${place}${url.pathname}` };
}

function firstTarget(text: string): InspectorTarget | undefined {
  try {
    const [first] = JSON.parse(text) as { title?: unknown; webSocketDebuggerUrl?: unknown }[];
    if (typeof first?.webSocketDebuggerUrl !== 'string') return undefined;
    return {
      title: typeof first.title === 'string' ? first.title : '',
      webSocketUrl: first.webSocketDebuggerUrl,
    };
  } catch {
    return undefined;
  }
}

function getText(host: string, port: number, timeoutMs: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = {
      host: host.replace(/^\[|\]$/g, ''),
      port,
      path: '/json/list',
      agent: false,
      timeout: timeoutMs,
    };
    const request = get(options, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
        if (text.length > MAX_ANSWER) request.destroy(new Error(t('the answer is too long')));
      });
      response.on('end', () => resolve(text));
      response.on('error', reject);
    });
    request.on('timeout', () => request.destroy(new Error(t('no answer within {0} ms', timeoutMs))));
    request.on('error', reject);
  });
}

const MAX_ANSWER = 1024 * 1024;
