import { BLIND_SPOTS, type BlindSpot } from './blindSpots.js';

/** Differences that are kept as text; more are counted. */
const MAX_TEXTS = 100;

/** What came out of comparing the agent's picture with the truth, over many moments. */
export class Report {
  programs = 0;
  moments = 0;
  tasks = 0;
  wrongLinks = 0;
  wrongSites = 0;
  /** Tasks of which it is known who called them, and those of them of which the agent says another. */
  callers = 0;
  wrongCallers = 0;
  /** Tasks of which the agent says that it does not know them, their place or what they wait for. */
  unknown = 0;
  /** Those of them that no blind spot explains. */
  unexplained = 0;
  readonly bySpot = new Map<BlindSpot, number>();
  readonly texts: string[] = [];

  wrongLink(text: string): void {
    this.wrongLinks++;
    this.tell(`wrong link: ${text}`);
  }

  wrongSite(text: string): void {
    this.wrongSites++;
    this.tell(`wrong site: ${text}`);
  }

  wrongCaller(text: string): void {
    this.wrongCallers++;
    this.tell(`wrong caller: ${text}`);
  }

  /** `text` is kept only of what should be known. */
  isUnknown(spot: BlindSpot | undefined, text: string | undefined): void {
    this.unknown++;
    if (spot !== undefined) {
      this.bySpot.set(spot, (this.bySpot.get(spot) ?? 0) + 1);
      return;
    }
    this.unexplained++;
    if (text !== undefined) this.tell(`unknown: ${text}`);
  }

  add(other: Report): void {
    this.programs += other.programs;
    this.moments += other.moments;
    this.tasks += other.tasks;
    this.wrongLinks += other.wrongLinks;
    this.wrongSites += other.wrongSites;
    this.callers += other.callers;
    this.wrongCallers += other.wrongCallers;
    this.unknown += other.unknown;
    this.unexplained += other.unexplained;
    for (const [spot, count] of other.bySpot) this.bySpot.set(spot, (this.bySpot.get(spot) ?? 0) + count);
    for (const text of other.texts) this.tell(text);
  }

  /** Share of the tasks that are unknown, in percent. */
  get unknownShare(): string {
    return this.tasks === 0 ? '0' : ((100 * this.unknown) / this.tasks).toFixed(2);
  }

  /** The counts as one line. */
  get summary(): string {
    const spots = (Object.keys(BLIND_SPOTS) as BlindSpot[]).flatMap((spot) => {
      const count = this.bySpot.get(spot) ?? 0;
      return count === 0 ? [] : [`${spot} ${count}`];
    });
    return (
      `${this.programs} programs, ${this.moments} moments, ${this.tasks} tasks: ` +
      `${this.wrongLinks} wrong links, ${this.wrongSites} wrong sites, ` +
      `${this.unknown} unknown (${this.unknownShare} %)${spots.length === 0 ? '' : `: ${spots.join(', ')}`}`
    );
  }

  private tell(text: string): void {
    if (this.texts.length < MAX_TEXTS) this.texts.push(text);
  }
}
