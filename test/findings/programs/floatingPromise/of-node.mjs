// finds: floatingPromise 5
import { setTimeout as sleep } from 'node:timers/promises';
import { pipeline } from 'node:stream/promises';
async function copy(from, to) {
  run(pipeline(from, to));
}
async function run(done) {
  await done;
}
import { PassThrough } from 'node:stream';
const source = new PassThrough();
await copy(source, new PassThrough());
await sleep(500);
source.end();
await sleep(100);
