/** Taken before the program can replace it. */
const cpuUsage = process.cpuUsage.bind(process);

/** Milliseconds that the process has run on processors, all threads together. One reading costs 0.7 µs. */
export function cpuMs(): number {
  const { user, system } = cpuUsage();
  return (user + system) / 1_000;
}

const threadCpuUsage = (process as { threadCpuUsage?: typeof process.cpuUsage }).threadCpuUsage?.bind(
  process,
);
const nodeTiming = performance.nodeTiming as { readonly idleTime: number };

/**
 * Milliseconds that this thread has run. What it has neither run nor been idle others had the processor, or a debugger
 * held it, or it waited for V8's helpers, as in a garbage collection. In Node 18, 20 and 22 before 22.19 the process'
 * other threads count as well.
 */
export function ranMs(): number {
  const { user, system } = (threadCpuUsage ?? cpuUsage)();
  return (user + system) / 1_000;
}

/** Milliseconds that the loop of this thread has waited. */
export function idleMs(): number {
  return nodeTiming.idleTime;
}
