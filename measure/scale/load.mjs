// Asks a server over connections that are kept alive, and prints how many answers came in a second and by when 99 of
// 100 had come: node load.mjs URL CONNECTIONS SECONDS. With an IPC channel it also tells, every 50 ms, how many
// milliseconds each answer took that has come since.
import autocannon from 'autocannon';
import { quantile } from '../runner/statistics.mjs';

const [url, connections, seconds] = process.argv.slice(2);
const TOLD_MS = 50;
const times = [];
let told = 0;

const load = autocannon({ url, connections: Number(connections), duration: Number(seconds) });
load.on('response', (_client, _status, _bytes, ms) => times.push(ms));
if (process.send !== undefined) {
  setInterval(() => {
    process.send(times.slice(told));
    told = times.length;
  }, TOLD_MS).unref();
}
const { errors, timeouts, non2xx, duration } = await load;
const result = {
  failed: errors + timeouts + non2xx,
  answers: times.length,
  perSecond: times.length / duration,
  p50Ms: quantile(times, 0.5),
  p99Ms: quantile(times, 0.99),
};
process.stdout.write(JSON.stringify(result));
