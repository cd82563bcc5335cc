/** What differs from run to run of the same program: process ids, ports, times and durations. */
const VARIES = [
  [/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)/g, 'TIMESTAMP'],
  [/\d{1,2}\/\d{1,2}\/\d{4}, \d{1,2}:\d\d:\d\d [AP]M/g, 'TIMESTAMP'],
  [/\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT/g, 'TIMESTAMP'],
  [/\b\d\d:\d\d:\d\d(\.\d+)?\b/g, 'TIME'],
  [/"time":\d+/g, '"time":TIME'],
  [/"pid":\d+/g, '"pid":PID'],
  [/\bpid:? \d+/gi, 'pid PID'],
  [/\[Nest\] \d+/g, '[Nest] PID'],
  [/\((node|rejected|bun):\d+\)/g, '($1:PID)'],
  [/"remotePort":\d+/g, '"remotePort":PORT'],
  [/(localhost|127\.0\.0\.1|\[::1\]|0\.0\.0\.0):\d+/g, '$1:PORT'],
  [/"(responseTime|duration_ms)":[\d.]+/g, '"$1":DURATION'],
  [/duration_ms:? [\d.]+/g, 'duration_ms DURATION'],
  [/(?<![\w.])\d+(\.\d+)?\s?(ms|s|µs)\b/g, 'DURATION'],
];

/**
 * A text without what differs from run to run. Nothing else is taken out: a changed line is a difference.
 *
 * @param {string} text
 * @returns {string}
 */
export function normalise(text) {
  return VARIES.reduce((result, [pattern, word]) => result.replace(pattern, word), text);
}
