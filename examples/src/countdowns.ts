import { setTimeout as sleep } from 'node:timers/promises';
import { Worker, isMainThread, workerData } from 'node:worker_threads';

/** Each has three steps of this length. */
const COUNTDOWNS = { A: 1_000, B: 800, C: 500 };

async function countdown(stepMs: number): Promise<void> {
  for (let left = 3; left > 0; left--) await sleep(stepMs);
}

async function oneAfterTheOther(): Promise<void> {
  for (const stepMs of Object.values(COUNTDOWNS)) await countdown(stepMs);
}

async function together(): Promise<void> {
  await Promise.all(Object.values(COUNTDOWNS).map(countdown));
}

async function inWorkers(): Promise<void> {
  const workers = Object.entries(COUNTDOWNS).map(
    ([name, stepMs]) =>
      new Promise((resolve) => new Worker(__filename, { name, workerData: stepMs }).once('exit', resolve)),
  );
  await Promise.all(workers);
}

async function main(): Promise<void> {
  // the timeline is open by then
  await sleep(1_000);
  await oneAfterTheOther();
  await together();
  await inWorkers();
}

void (isMainThread ? main() : countdown(workerData as number));
