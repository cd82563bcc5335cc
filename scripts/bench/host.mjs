const AGENT = "globalThis[Symbol.for('nodejs.asyncDebugger.agent')]";
const BEAT = `${AGENT}.beat()\n//# sourceURL=beat.cdp`;
const BEAT_MS = 100;

/** Connects to the agent and beats it as a debug session does. */
export class Host {
  #inspector;
  #take;
  #timer;
  #beating;

  /**
   * @param {import('./inspector.mjs').Inspector} inspector
   * @param {(beat: object) => void} [take] looks at what the agent says
   */
  constructor(inspector, take = () => {}) {
    this.#inspector = inspector;
    this.#take = take;
  }

  /** @param {{ thresholdMs: number, siteBudget: number }} settings */
  async begin(settings) {
    await this.#inspector.evaluate(`${AGENT}.connect(${JSON.stringify(settings)})`);
    this.#timer = setInterval(() => void this.heard().catch(() => this.end()), BEAT_MS);
  }

  /** Resolves when the agent has nothing more to tell. */
  heard() {
    this.#beating ??= this.#beat().finally(() => (this.#beating = undefined));
    return this.#beating;
  }

  end() {
    clearInterval(this.#timer);
  }

  async #beat() {
    for (let more = true; more;) {
      const beat = JSON.parse(await this.#inspector.evaluate(BEAT));
      this.#take(beat);
      more = beat.more;
    }
  }
}
