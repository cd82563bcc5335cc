import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Path of the loader in the folder that it is kept in. */
export function autoAttachLoader(folder: string): string {
  return join(folder, 'autoAttach.js');
}

/**
 * Puts the loader into a folder and resolves with its path. Programs may be starting meanwhile: the file is always
 * whole.
 */
export async function writeAutoAttachLoader(folder: string, agentPath: string): Promise<string> {
  const file = autoAttachLoader(folder);
  const text = loaderText(agentPath);
  if ((await readFile(file, 'utf8').catch(() => undefined)) === text) return file;
  await mkdir(folder, { recursive: true });
  const part = `${file}.${process.pid}`;
  await writeFile(part, text);
  await rename(part, file);
  return file;
}

/**
 * What NODE_OPTIONS of terminals require while the JavaScript debugger attaches itself to what runs in them. Every
 * program of such a terminal reads it, so it is for any runtime, asks little and fails at nothing: only where the
 * debugger has attached itself, and the agent is there, it loads the agent. In a worker nobody can tell whether a
 * debugger is attached: it does as the main thread did.
 */
function loaderText(agentPath: string): string {
  return `'use strict';
(function () {
  try {
    delete require.cache[__filename];
    if (!('$jsDebugIsRegistered' in global)) return;
    var threads = require('worker_threads');
    var key = 'nodejs.asyncDebugger.loaded';
    if (threads.isMainThread ? !require('inspector').url() : !threads.getEnvironmentData(key)) return;
    require(${JSON.stringify(agentPath)});
    if (threads.isMainThread) threads.setEnvironmentData(key, true);
  } catch (error) {
    // the program comes first: it runs as if this were not there
  }
})();
`;
}
