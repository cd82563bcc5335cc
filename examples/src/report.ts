import { setTimeout as delay } from 'node:timers/promises';

/** The day's sales. Reading them is asynchronous, but parsing them holds up every other visitor. */
export async function dailyReport(): Promise<{ sales: number }> {
  const text = await readSales();
  return parseReport(text);
}

async function readSales(): Promise<string> {
  await delay(50);
  return Array.from({ length: 200 }, (_, day) => `day ${day}: ${(day * 37) % 101}`).join('\n');
}

/** Blocks the event loop for about 400 ms: this is what a warning is about. */
export function parseReport(text: string): { sales: number } {
  const until = Date.now() + 400;
  let sales = 0;
  while (Date.now() < until) {
    sales = 0;
    for (const line of text.split('\n')) sales += Number(/: (\d+)$/.exec(line)?.[1]);
  }
  return { sales };
}
