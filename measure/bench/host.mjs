const AGENT = "globalThis[Symbol.for('nodejs.asyncDebugger.agent')]";
const POLL = `${AGENT}.poll()\n//# sourceURL=poll.cdp`;
const POLL_MS = 100;

/** Connects to the agent and polls it as a debug session does. */
export class Host {
  #inspector;
  #take;
  #timer;
  #polling;

  /**
   * @param {import('./inspector.mjs').Inspector} inspector
   * @param {(poll: object) => void} [take] looks at what the agent says
   */
  constructor(inspector, take = () => {}) {
    this.#inspector = inspector;
    this.#take = take;
  }

  /** @param {{ thresholdMs: number, siteBudget: number }} settings */
  async begin(settings) {
    await this.#inspector.evaluate(`${AGENT}.connect(${JSON.stringify(settings)})`);
    this.#timer = setInterval(() => void this.heard().catch(() => this.end()), POLL_MS);
  }

  /** Resolves when the agent has nothing more to tell. */
  heard() {
    this.#polling ??= this.#poll().finally(() => (this.#polling = undefined));
    return this.#polling;
  }

  end() {
    clearInterval(this.#timer);
  }

  async #poll() {
    for (let more = true; more;) {
      const poll = JSON.parse(await this.#inspector.evaluate(POLL));
      this.#take(poll);
      more = poll.more;
    }
  }
}
