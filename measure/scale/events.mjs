import { setTimeout as wait } from 'node:timers/promises';
import { aligned, number, percent } from '../runner/table.mjs';
import { startWithHost } from './host.mjs';

/** By then everything that is compiled and kept for good is there. */
const WARM_UP_MS = 10_000;
const PARTS = 4;
const MINUTE_MS = 60_000;
const MB = 1024 * 1024;

/** @type {import('./run.mjs').Question} */
export const events = {
  name: 'events',
  what: 'memory of a program that makes a million promises a second, and of its host, over minutes',
  async measure(node, { perSecond, minutes }) {
    const { program, host, end } = await startWithHost(node.binary, 'events.cjs', 'sessionHost.ts');
    try {
      await program.ask({ perSecond });
      await wait(WARM_UP_MS);
      const samples = [await sample(program, host)];
      for (let part = 0; part < PARTS; part++) {
        await wait((minutes * MINUTE_MS) / PARTS);
        samples.push(await sample(program, host));
      }
      return samples;
    } finally {
      await end();
    }
  },
  trust: ({ perSecond, minutes }) =>
    `${number(perSecond)} promises a second for ${minutes} minutes; memory after a full collection.`,
  text: (samples) => aligned([HEAD, ...samples.map((each, index) => row(samples, each, index))]),
};

const HEAD = [
  'after',
  'promises/s',
  'program: RSS, MB',
  'heap',
  'CPU',
  'host: RSS, MB',
  'heap',
  'CPU',
  'tasks shown',
  'records dropped',
  'places not recorded',
  'state',
];

async function sample(program, host) {
  return { program: await program.ask({}), host: await host.ask({}) };
}

function row(samples, { program, host }, index) {
  const before = samples[index - 1];
  const tookMs = before && program.atMs - before.program.atMs;
  const since = (now, then, text) => (before === undefined ? '' : text((now - then) / tookMs));
  const core = (side, now) => since(now.cpuMs, before?.[side].cpuMs, percent);
  return [
    `${number((program.atMs - samples[0].program.atMs) / 1_000)} s`,
    since(program.made, before?.program.made, (perMs) => number(perMs * 1_000)),
    number(program.rss / MB),
    number(program.heapUsed / MB),
    core('program', program),
    number(host.rss / MB),
    number(host.heapUsed / MB),
    core('host', host),
    number(host.tasks),
    number(host.records),
    number(host.sites),
    host.states.join(', '),
  ];
}
