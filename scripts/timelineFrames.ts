// tsx scripts/timelineFrames.ts: how long a frame of the timeline takes with 10,000 lanes and 1,000,000 events while it is
// scrolled, panned and zoomed, in a headless Chromium that draws in software.
import { EventKind } from '../src/protocol/recording.js';
import { sentThread } from '../src/recording/timelineMessages.js';
import { type BuiltEvent, recordingFrom } from '../test/recording/builtRecording.js';
import { openTimeline, send, startBrowser } from '../test/webview/support/timelinePage.js';

const LANES = 10_000;
const EVENTS = 1_000_000;
const FRAMES = 300;

async function main(): Promise<void> {
  const browser = await startBrowser();
  try {
    const page = await openTimeline(browser, { width: 1400, height: 600 });
    const recording = recordingFrom(storm());
    for (let from = 0; from < recording.log.length; from += SENT) {
      const part = { ...recording, log: recording.log.slice(from, from + SENT) };
      await send(page, { type: 'threads', threads: [sentThread(part, 0, 0, 0)], state: 'still', nowMs: 0 });
    }
    for (const [name, move] of Object.entries(MOVES)) {
      const times = await page.evaluate<number[]>(framesOf(move));
      const sorted = times.sort((a, b) => a - b);
      const at = (share: number): string => (sorted[Math.floor(share * (sorted.length - 1))] ?? 0).toFixed(1);
      process.stdout.write(
        `${name}: ${FRAMES} frames, p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, max ${at(1)} ms of work\n`,
      );
    }
  } finally {
    await browser.close();
  }
}

const SENT = 200_000;

/** What people do, once a frame. */
const MOVES = {
  scrolling: `scroller.scrollTop += 400`,
  panning: `canvas.dispatchEvent(new KeyboardEvent('keydown', { key: frame % 2 ? 'ArrowLeft' : 'ArrowRight' }))`,
  zooming: `canvas.dispatchEvent(new KeyboardEvent('keydown', { key: frame % 20 < 10 ? '+' : '-' }))`,
};

/** The time that the page's own work takes in each frame: from its callback to the end of that. */
function framesOf(move: string): string {
  return `new Promise((resolve) => {
    const scroller = document.getElementById('scroller');
    const canvas = document.getElementById('canvas');
    const times = [];
    const ask = window.requestAnimationFrame.bind(window);
    window.requestAnimationFrame = (draw) => ask((at) => { const from = performance.now(); draw(at); times.push(performance.now() - from); });
    let frame = 0;
    const next = () => {
      ${move};
      if (++frame < ${FRAMES}) ask(next);
      else { window.requestAnimationFrame = ask; resolve(times); }
    };
    ask(next);
  })`;
}

/** Lanes of one after the other, each with its share of events. */
function storm(): BuiltEvent[] {
  const events: BuiltEvent[] = [];
  for (let turn = 0; events.length < EVENTS; turn++) {
    const id = 1 + (turn % LANES);
    const atMs = turn * 0.05;
    if (turn < LANES) events.push({ kind: EventKind.Called, id, atMs, place: 1, value: 2 });
    else events.push({ kind: EventKind.Resumed, id, atMs, value: (turn % 7) * 1_000 });
    events.push({ kind: EventKind.Suspended, id, atMs: atMs + 0.02, place: 3 });
  }
  return events;
}

main().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
});
