import { counted, durationText } from '../model/numbers.js';
import type { ProgramFacts } from './live/programFacts.js';

/** What a look into a heap is expected to cost the program. */
export interface ExpectedCost {
  objects: number;
  pauseMs: number;
  /** Memory that the program takes meanwhile, in bytes. */
  memory: number;
}

/** From the size of what is not one large object: the pause goes with the number of objects, and not with megabytes. */
export function expectedCost({ objectBytes }: Pick<ProgramFacts, 'objectBytes'>): ExpectedCost {
  const objects = Math.round(objectBytes / BYTES_AN_OBJECT);
  return {
    objects,
    pauseMs: BASE_MS + (objects / 1_000_000) * MS_A_MILLION,
    memory: objects * MEMORY_AN_OBJECT,
  };
}

/** `about 2,100,000 objects: the program will stand still for about 12 s and take about 500 MB more memory`. */
export function expectedText({ objects, pauseMs, memory }: ExpectedCost): string {
  const rounded = objects < 100_000 ? 10_000 : 100_000;
  const about = Math.max(rounded, Math.round(objects / rounded) * rounded);
  const megabytes = Math.max(10, Math.round(memory / 10_000_000) * 10);
  return (
    `about ${counted(about, 'object')}: the program will stand still for about ${durationText(pauseMs)} ` +
    `and take about ${megabytes} MB more memory`
  );
}

/** Above so many objects people are asked. */
export const ASK_ABOVE_OBJECTS = 1_000_000;

/** Measured by scripts/xray/bench.ts. */
const BYTES_AN_OBJECT = 50;
const BASE_MS = 300;
const MS_A_MILLION = 5_000;
const MEMORY_AN_OBJECT = 250;
