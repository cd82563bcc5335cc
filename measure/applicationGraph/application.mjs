import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort, untilOpen } from '../compat/ports.mjs';
import { built } from '../compat/ways.mjs';
import { Client } from './client.mjs';

const LIMIT_MS = 60_000;
const PAUSE_MS = 50;

/** A server under load: the agent is loaded, its inspector is open, and every request waits for something. */
export class Application {
  #child;
  #client;
  /** Of its inspector, `HOST:PORT`. */
  inspector;

  /**
   * @param {string} node path of the binary
   * @param {string} file to run
   * @param {string} folder to run it in
   * @param {Record<string, string>} variables
   * @returns {Promise<Application>} that listens
   */
  static async start(node, file, folder, variables) {
    const port = await freePort();
    const env = { ...process.env, ...variables, PORT: String(port) };
    delete env.NODE_OPTIONS;
    const args = ['--require', built('agent.js'), '--inspect=127.0.0.1:0', file];
    const child = spawn(node, args, { cwd: folder, env, stdio: ['ignore', 'ignore', 'pipe'] });
    const application = new Application(child, new Client(`http://127.0.0.1:${port}`));
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text) => (said += text));
    const over = new AbortController();
    child.once('exit', () => over.abort());
    const late = setTimeout(() => over.abort(), LIMIT_MS);
    try {
      await untilOpen(port, over.signal);
    } catch {
      await application.stop();
      throw new Error(`${file} did not start:\n${said}`);
    } finally {
      clearTimeout(late);
    }
    application.inspector = /ws:\/\/([^/]+)/.exec(said)?.[1];
    return application;
  }

  constructor(child, client) {
    this.#child = child;
    this.#client = client;
  }

  /**
   * Makes requests that all wait, each over a connection that has served another one before.
   *
   * @param {string[]} paths
   * @param {(held: object) => boolean} areHeld whether every one has got to where it waits, by what the
   *   server's backends say
   */
  async load(paths, areHeld) {
    await Promise.all(paths.map(() => this.#client.ask('/ping')));
    let failure;
    for (const path of paths) this.#client.ask(path).catch((error) => (failure ??= error));
    const deadline = Date.now() + LIMIT_MS;
    for (;;) {
      const held = JSON.parse(await this.#client.ask('/held'));
      if (areHeld(held)) return;
      if (failure !== undefined) throw failure;
      if (Date.now() > deadline) throw new Error(`some requests do not wait: ${JSON.stringify(held)}`);
      await wait(PAUSE_MS);
    }
  }

  async stop() {
    this.#client.end();
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const gone = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await gone;
  }
}
