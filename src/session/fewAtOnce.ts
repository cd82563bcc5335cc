/**
 * Lets little work run at once. Work that does not end in time keeps its place, since it keeps a thread: once all places
 * are kept so, the rest is told at once that nothing comes, and does not wait for what may never end.
 */
export class FewAtOnce {
  private running = 0;
  private stuck = 0;
  private readonly waiting: ((mayRun: boolean) => void)[] = [];

  constructor(
    private readonly places: number,
    private readonly limitMs: number,
  ) {}

  /** What `work` gives; `undefined` where it fails, takes longer than the limit, or has no place. Never rejects. */
  async run<T>(work: () => Promise<T>): Promise<T | undefined> {
    if (!(await this.place())) return undefined;
    const done = work().catch(() => undefined);
    let isLate = false;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => {
        isLate = true;
        resolve(undefined);
        if (++this.stuck === this.places) for (const refuse of this.waiting.splice(0)) refuse(false);
      }, this.limitMs);
    });
    void done.then(() => {
      clearTimeout(timer);
      if (isLate) this.stuck--;
      const next = this.waiting.shift();
      if (next) next(true);
      else this.running--;
    });
    return Promise.race([done, late]);
  }

  private place(): boolean | Promise<boolean> {
    if (this.stuck === this.places) return false;
    if (this.running === this.places) return new Promise((resolve) => this.waiting.push(resolve));
    this.running++;
    return true;
  }
}
