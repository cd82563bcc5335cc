import type { Suffered } from '../../protocol/snapshot.js';
import type { WireBlock, WireTurn } from '../../protocol/wire.js';
import { isOwn } from '../codeOrigin.js';
import { type CallFinder, type Diagnosis, diagnose } from './blockDiagnosis.js';
import { BlockEvidence } from './blockEvidence.js';

/** One turn of the event loop over the threshold: what was seen of it, and what follows from that. */
export class BlockingEpisode {
  readonly evidence: BlockEvidence;
  /** What is told of it goes on. */
  ongoing = true;
  /** Who could have gone on meanwhile. */
  suffered: Suffered | undefined;
  private diagnosed: { version: number; diagnosis: Diagnosis } | undefined;

  /** `isServing`: the program is up, so that what it loads now holds up others. */
  constructor(
    turn: WireTurn | WireBlock,
    private readonly scripts: CallFinder,
    isServing: () => boolean,
  ) {
    this.evidence = new BlockEvidence(turn, isServing);
  }

  /** The same object until more is seen. */
  get diagnosis(): Diagnosis {
    const { version } = this.evidence;
    if (this.diagnosed?.version !== version)
      this.diagnosed = { version, diagnosis: diagnose(this.evidence, this.scripts) };
    return this.diagnosed.diagnosis;
  }

  /** The text of a script may have come. */
  scriptsChanged(): void {
    this.diagnosed = undefined;
  }

  /** A line of the program is known for it, or a request or task that it calls by name. */
  get isOwn(): boolean {
    const { place } = this.diagnosis;
    return this.evidence.forTask !== undefined || (place !== undefined && isOwn(place.url));
  }
}
