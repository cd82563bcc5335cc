import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { packageVersion, programsFolder } from '../compat/folder.mjs';
import { Services } from '../compat/services.mjs';

const SERVERS = [
  { name: 'fastify', main: 'fastify.mjs' },
  { name: 'express', main: 'express.cjs' },
];
const LOAD = join(import.meta.dirname, 'load.mjs');

/**
 * @template Result
 * @param {(server: { name: string, file: string, env: Record<string, string> }) => Promise<Result>} measure `env` tells
 *   the server where PostgreSQL and Redis are
 * @returns {Promise<Result[]>} of each server
 */
export async function ofEachServer(measure) {
  const folder = await programsFolder();
  const programs = join(folder, 'scale');
  rmSync(programs, { recursive: true, force: true });
  cpSync(join(import.meta.dirname, 'programs'), programs, { recursive: true });
  const services = new Services();
  try {
    const [postgres, redis] = await Promise.all([services.start('postgres'), services.start('redis')]);
    const env = { DATABASE_URL: postgres.url, REDIS_URL: redis.url };
    const results = [];
    for (const { name, main } of SERVERS) {
      const server = { name: `${name} ${packageVersion(folder, name)}`, file: join(programs, main), env };
      results.push(await measure(server));
    }
    return results;
  } finally {
    await services.stop();
  }
}

/** What Node is told to ask a server at this port for so long. */
export function loadArguments(port, connections, seconds) {
  return [LOAD, `http://127.0.0.1:${port}/cart/7`, String(connections), String(seconds)];
}
