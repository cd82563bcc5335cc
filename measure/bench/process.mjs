import { fork } from 'node:child_process';
import { once } from 'node:events';
import { resolve as resolvePath } from 'node:path';
import { Inspector } from './inspector.mjs';

/** A fresh process in one mode, which says that it has started and does nothing until it gets a message. */
export class MeasuredProcess {
  #child;
  #inspector;
  #wanted;
  #host;

  /**
   * @param {string} node path of the binary
   * @param {string} file beside this one, or an absolute path
   * @param {import('./modes.mjs').Mode} mode
   * @param {string[]} [nodeArgs]
   */
  static async start(node, file, mode, nodeArgs = []) {
    const args = [...nodeArgs];
    if (mode.attach !== undefined) args.push('--inspect=127.0.0.1:0');
    if (mode.preload !== undefined) args.push('--require', mode.preload);
    const env = { ...process.env, ...mode.env };
    delete env.NODE_OPTIONS;
    const child = fork(resolvePath(import.meta.dirname, file), [], {
      execPath: node,
      execArgv: args,
      env,
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    const started = new MeasuredProcess(child);
    try {
      await started.#begin(mode);
    } catch (error) {
      await started.end();
      throw error;
    }
    return started;
  }

  constructor(child) {
    this.#child = child;
    child.stderr.setEncoding('utf8').resume();
    child.on('message', (message) => this.#wanted?.resolve(message));
    child.once('close', (code) =>
      this.#wanted?.reject(new Error(`the measured program ended: exit code ${code}`)),
    );
  }

  /**
   * Sends a message and waits for the answer.
   *
   * @param {object} message
   * @returns {Promise<any>}
   */
  async ask(message) {
    const answer = this.#answer();
    this.#child.send(message);
    return answer;
  }

  /** Resolves when the host, if this mode has one, knows all that the agent has to tell. */
  async heard() {
    await this.#host?.heard();
  }

  async end() {
    this.#host?.end();
    this.#inspector?.close();
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const gone = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await gone;
  }

  async #begin(mode) {
    const ready = this.#answer();
    const url = mode.attach === undefined ? undefined : this.#inspectorUrl();
    await ready;
    if (url === undefined) return;
    this.#inspector = await Inspector.connect(await url);
    this.#host = await mode.attach(this.#inspector);
  }

  #answer() {
    return new Promise((resolve, reject) => (this.#wanted = { resolve, reject }));
  }

  #inspectorUrl() {
    return new Promise((resolve) => {
      let text = '';
      this.#child.stderr.on('data', (chunk) => {
        text += chunk;
        const found = /ws:\/\/\S+/.exec(text);
        if (found !== null) resolve(found[0]);
      });
    });
  }
}
