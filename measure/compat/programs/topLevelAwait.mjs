import { readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';

const { basename } = await import('node:path');
console.log(basename(import.meta.url), (await readFile(new URL(import.meta.url))).length > 0);
const slow = await Promise.all([wait(5, 'a'), wait(1, 'b'), 'c']);
console.log(slow);
for await (const each of (async function* () {
  yield* [1, 2, wait(1, 3)];
})())
  console.log(each);
export default await Promise.resolve('done');
