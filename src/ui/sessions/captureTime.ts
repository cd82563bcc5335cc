const ROUNDS = 20;
const CAPTURES = 50;
const FRAMES = 8;

let knownUs: number | undefined;

/** Microseconds that V8 takes here for a stack of eight frames: how fast the machine is at such work. Measured once, in a millisecond or two. */
export function captureUs(): number {
  knownUs ??= below(FRAMES, fastestUs);
  return knownUs;
}

/** The machine may be busy with other things: the fastest round tells. */
function fastestUs(): number {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = FRAMES;
  try {
    let fastestMs = Infinity;
    for (let round = 0; round < ROUNDS; round++) {
      const beganMs = performance.now();
      for (let n = 0; n < CAPTURES; n++) Error.captureStackTrace({});
      fastestMs = Math.min(fastestMs, performance.now() - beganMs);
    }
    return (fastestMs * 1_000) / CAPTURES;
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

function below<T>(frames: number, run: () => T): T {
  return frames === 0 ? run() : below(frames - 1, run);
}
