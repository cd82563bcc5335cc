// Finds how much work takes so long, by doing a little of it first. Reckons in processor time: what else the machine
// does must not count.
'use strict';

const FIRST_MS = 25;
/** Of the time wanted, what is tried before the rest is reckoned. */
const TRIED_MS = 60;
const MAX_SIZE = 2 ** 31 - 1;

/** @returns {Promise<unknown>} what the kind's functions take */
exports.calibrate = async function calibrate(kind, ms) {
  const { make = (size) => size, exponent = 1, isExact = false } = kind;
  if (isExact) return make(ms);
  let size = 1;
  let tookMs = await timeOf(kind, make(size));
  while (tookMs < FIRST_MS) {
    const factor = Math.min(8, Math.max(1.5, (FIRST_MS * 1.2) / Math.max(tookMs, 0.01)));
    size = grown(size, factor, exponent);
    tookMs = await timeOf(kind, make(size));
  }
  if (ms > TRIED_MS && tookMs < TRIED_MS) {
    size = grown(size, TRIED_MS / tookMs, exponent);
    tookMs = await timeOf(kind, make(size));
  }
  return make(grown(size, ms / tookMs, exponent));
};

function grown(size, factor, exponent) {
  return Math.min(MAX_SIZE, Math.max(1, Math.ceil(size * factor ** (1 / exponent))));
}

function timeOf(kind, input) {
  const began = process.cpuUsage();
  return new Promise((resolve) => kind.middle(input, () => resolve(cpuMs(began))));
}

/** Milliseconds that all threads of the process have used since. */
function cpuMs(began) {
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1_000;
}
exports.cpuMs = cpuMs;
