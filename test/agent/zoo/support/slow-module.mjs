// A module whose top-level await waits for a timer.
probeAfter(50);
await new Promise((resolve) => setTimeout(resolve, 1000));
export const ready = true;
