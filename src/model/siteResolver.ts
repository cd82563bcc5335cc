import type { Site } from '../protocol/snapshot.js';
import type { WireFrame } from '../protocol/wire.js';
import type { ScriptCode } from './scriptCode.js';

/** Tells the place in the original source; falls back to the generated one. */
export interface SiteResolver {
  resolve(frame: WireFrame): Site;
  /** The code of a script as it runs; `undefined` while it is not known. */
  code?(url: string): ScriptCode | undefined;
}
