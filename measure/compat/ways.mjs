import { existsSync } from 'node:fs';
import { join } from 'node:path';

const PROJECT = join(import.meta.dirname, '..', '..');

/**
 * The ways in which a program is started: without us, with the agent loaded, and under the command line tool,
 * which loads the agent, connects to it and asks it ten times a second.
 *
 * @typedef {'plain' | 'agent' | 'cli'} Way
 */

const TREE = /^asyncdebug: At its end the program still waited for:\n[^]*$/m;
const LINE = /^asyncdebug: .*\n/gm;

/** @type {Way[]} */
export const WAYS = ['agent', 'cli'];

/**
 * @param {Way} way
 * @param {string} node path of the Node binary
 * @param {string[]} args the program and its arguments
 * @param {Record<string, string>} own environment that the program needs
 */
export function startOf(way, node, args, own) {
  const env = { ...process.env, ...own, NO_COLOR: '1' };
  for (const name of ['NODE_OPTIONS', 'FORCE_COLOR', 'NODE_ENV', 'CI']) delete env[name];
  if (way === 'plain') return { command: node, args, env };
  if (way === 'agent')
    return { command: node, args, env: { ...env, NODE_OPTIONS: `--require "${built('agent.js')}"` } };
  return { command: node, args: [built('cli.js'), 'run', '--', ...args], env };
}

/**
 * What the command line tool itself says on stderr is not the program's: lines with its name in front, and the
 * tree with which it ends.
 *
 * @param {import('./observe.mjs').Observation} observation
 * @returns {import('./observe.mjs').Observation}
 */
export function withoutReports(observation) {
  const { stderr } = observation;
  return { ...observation, stderr: stderr.replace(TREE, '').replace(LINE, '') };
}

/**
 * @param {string} name of a bundle
 * @returns {string} its path
 */
export function built(name) {
  const path = join(PROJECT, 'dist', name);
  if (!existsSync(path)) throw new Error(`dist/${name} is missing: run "npm run build" first`);
  return path;
}
