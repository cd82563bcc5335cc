// Asks a server over connections that are kept alive, and prints how many answers came in a second and by when 99 of
// 100 had come: node load.mjs URL CONNECTIONS SECONDS
import autocannon from 'autocannon';

const [url, connections, seconds] = process.argv.slice(2);
const times = [];

const load = autocannon({ url, connections: Number(connections), duration: Number(seconds) });
load.on('response', (_client, _status, _bytes, ms) => times.push(ms));
const { errors, timeouts, non2xx, duration } = await load;
times.sort((a, b) => a - b);
const result = {
  failed: errors + timeouts + non2xx,
  answers: times.length,
  perSecond: times.length / duration,
  p50Ms: times[Math.floor(times.length * 0.5)],
  p99Ms: times[Math.floor(times.length * 0.99)],
};
process.stdout.write(JSON.stringify(result));
