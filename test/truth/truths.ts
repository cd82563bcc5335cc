import { ENDED } from './ended.js';
import { STAYING } from './staying.js';
import { STUCK } from './stuck.js';
import type { TruthCase } from './truthCase.js';
import { WAITING } from './waiting.js';
import { WARNINGS } from './warnings.js';

/** All programs of which the truth is known. */
export const TRUTHS: Readonly<Record<string, readonly TruthCase[]>> = {
  'comes to its end': ENDED,
  'is stuck at its end': STUCK,
  stays: STAYING,
  'stays and waits': WAITING,
  'blocks or does not': WARNINGS,
};
