import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { CASES } from './cases.mjs';
import { builtHost } from './hostProgram.mjs';
import { MODES } from './modes.mjs';
import { MeasuredProcess } from './process.mjs';
import { measureRounds } from '../runner/rounds.mjs';
import { median } from '../runner/statistics.mjs';
import { aligned, number } from '../runner/table.mjs';

/** Changes between two polls: one that settles and one that is new are two. */
const FEW = 10;
const MANY = 1_000;

/**
 * What grows, or must not, with the number of pending promises.
 *
 * @typedef {object} Growth
 * @property {string} node      version of the program
 * @property {number} pending
 * @property {number} rounds
 * @property {number} awaitNs   added to an await
 * @property {number} promiseNs added to a promise
 * @property {number} idleUs    a poll with nothing to tell
 * @property {number} changedUs a poll that tells many changes
 * @property {Refresh} few      the host's refresh with a few changes
 * @property {Refresh} many     and with many
 *
 * @typedef {{ applyMs: number, snapshotMs: number, rowsMs: number }} Refresh
 */

/**
 * @param {{ version: string, binary: string }} node
 * @param {number} pending
 * @param {number} rounds
 * @returns {Promise<Growth>} medians of the rounds
 */
export async function measureGrowth(node, pending, rounds) {
  const polls = await repeat(rounds, () => pollTimes(node.binary, pending));
  const host = await builtHost(join(import.meta.dirname, 'refresh.ts'));
  const few = await repeat(rounds, () => refreshTimes(host, pending, FEW));
  const many = await repeat(rounds, () => refreshTimes(host, pending, MANY));
  return {
    node: node.version,
    pending,
    rounds,
    awaitNs: await addedNs(node, 'await', pending, rounds),
    promiseNs: await addedNs(node, 'new', pending, rounds),
    ...medians(polls),
    few: medians(few),
    many: medians(many),
  };
}

/**
 * @param {Growth[]} growths
 * @returns {string} Markdown
 */
export function growthSection(growths) {
  const nodes = [...new Set(growths.map(({ node }) => node))];
  return nodes.map((node) => section(growths.filter((each) => each.node === node))).join('\n\n');
}

function section(growths) {
  const [{ node, rounds }] = growths;
  const rows = growths.map((each) => [
    number(each.pending),
    `+${number(each.promiseNs)} ns`,
    `+${number(each.awaitNs)} ns`,
    `${number(each.idleUs)} µs`,
    `${number(each.changedUs)} µs`,
    refresh(each.few),
    refresh(each.many),
  ]);
  const head = [
    'pending',
    'a promise',
    'an await',
    'poll, 0 changes',
    `poll, ${number(MANY)} changes`,
    `refresh, ${number(FEW)} changes`,
    `refresh, ${number(MANY)} changes`,
  ];
  const trust = rounds === 1 ? 'One round: an indication only.' : `Medians of ${rounds} rounds.`;
  return `### Growth, Node ${node}\n\n${trust}\n\n${aligned([head, ...rows])}`;
}

function refresh({ applyMs, snapshotMs, rowsMs }) {
  const parts = [applyMs, snapshotMs, rowsMs];
  const total = parts.reduce((sum, each) => sum + each, 0);
  return `${total.toFixed(1)} ms (${parts.map((each) => each.toFixed(1)).join(' + ')})`;
}

async function addedNs(node, name, pending, rounds) {
  const measured = CASES.find((each) => each.name === name);
  const modes = [MODES[0], agentMode()];
  const [, agent] = await measureRounds(node, measured, modes, rounds, { pending });
  return agent.added;
}

async function pollTimes(node, pending) {
  const started = await MeasuredProcess.start(node, 'polls.cjs', { preload: agentMode().preload });
  try {
    const { idleUs, changedUs } = await started.ask({ pending, changes: MANY });
    return { idleUs, changedUs };
  } finally {
    await started.end();
  }
}

/** In a process of its own, as an extension host is: only what it shows lies in its memory. */
async function refreshTimes(host, pending, changes) {
  const child = fork(host);
  try {
    await once(child, 'message');
    child.send({ pending, changes });
    const [times] = await Promise.race([once(child, 'message'), failed(child)]);
    return times;
  } finally {
    child.kill();
  }
}

async function failed(child) {
  const [code] = await once(child, 'exit');
  throw new Error(`the measured host ended: exit code ${code}`);
}

function agentMode() {
  return MODES.find(({ name }) => name === 'agent');
}

async function repeat(rounds, measure) {
  const all = [];
  for (let round = 0; round < rounds; round++) all.push(await measure());
  return all;
}

/** Key by key. */
function medians(all) {
  return Object.fromEntries(Object.keys(all[0]).map((key) => [key, median(all.map((each) => each[key]))]));
}
