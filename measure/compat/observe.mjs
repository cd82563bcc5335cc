import { spawn } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { untilFree, untilOpen } from './ports.mjs';

const LIMIT_MS = 60_000;
/** A server may still be writing about its last answer when the client has it. */
const LAST_WORDS_MS = 150;

/**
 * What somebody outside sees of one run of a program.
 *
 * @typedef {object} Observation
 * @property {string} stdout
 * @property {string} stderr
 * @property {string} end     exit code or signal
 * @property {unknown} answers what its clients were told
 */

/**
 * Runs a program once, talks to it as its client, ends it if it is a server, and waits until it is gone.
 *
 * @param {import('./programs.mjs').Program} program
 * @param {import('./programs.mjs').Place} place
 * @param {{ command: string, args: string[], env: NodeJS.ProcessEnv }} start
 * @returns {Promise<Observation>} rejects where it does not end by itself
 */
export async function observe(program, place, start) {
  if (program.port !== undefined) await untilFree(place.port);
  const child = spawn(start.command, start.args, {
    cwd: place.folder,
    env: start.env,
    // A group of its own, so that what it leaves behind can be ended with it.
    detached: true,
    stdio: 'pipe',
  });
  const observation = { stdout: '', stderr: '', end: '', answers: undefined };
  child.stdout.setEncoding('utf8').on('data', (text) => (observation.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text) => (observation.stderr += text));
  child.stdin.on('error', () => {}).end(program.input ?? '');
  const over = new AbortController();
  const closed = new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      over.abort();
      resolve(signal ?? `exit code ${code}`);
    });
  });
  let killed = false;
  const limit = setTimeout(() => {
    killed = true;
    over.abort();
    endGroup(child.pid);
  }, LIMIT_MS);
  try {
    if (program.talk !== undefined) {
      observation.answers = await converse(program, place, over.signal);
      await wait(LAST_WORDS_MS);
      child.kill(program.signal);
    }
    observation.end = await closed;
    if (killed) throw new Error(`it did not end within ${LIMIT_MS / 1000} s`);
  } finally {
    clearTimeout(limit);
    endGroup(child.pid);
  }
  return observation;
}

/** A client that fails is an observation too. */
async function converse(program, place, signal) {
  try {
    await untilOpen(place.port, signal);
    return await program.talk(place);
  } catch (error) {
    return `client failed: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function endGroup(pid) {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // nothing of it is left
  }
}
