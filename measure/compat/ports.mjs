import { connect, createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

const LOOPBACK = '127.0.0.1';

/** @returns {Promise<number>} a port that was free a moment ago */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, LOOPBACK, () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/**
 * @param {number} port
 * @returns {Promise<boolean>} whether somebody accepts connections there
 */
export async function isOpen(port) {
  for (const host of [LOOPBACK, '::1']) if (await accepts(port, host)) return true;
  return false;
}

/**
 * Waits until a port accepts connections.
 *
 * @param {number} port
 * @param {AbortSignal} signal gives up: the program has ended or its time is over
 */
export async function untilOpen(port, signal) {
  while (!(await isOpen(port))) {
    if (signal.aborted) throw new Error(`nothing listens on its port`);
    await wait(25);
  }
}

/**
 * Waits until nobody listens on a port that a program has built in.
 *
 * @param {number} port
 */
export async function untilFree(port) {
  const deadline = Date.now() + 30_000;
  while (await isOpen(port)) {
    if (Date.now() > deadline) throw new Error(`port ${port} is taken: end the program that listens on it`);
    await wait(250);
  }
}

function accepts(port, host) {
  return new Promise((resolve) => {
    const socket = connect({ port, host });
    const answer = (open) => {
      socket.destroy();
      resolve(open);
    };
    socket.once('connect', () => answer(true));
    socket.once('error', () => answer(false));
  });
}
