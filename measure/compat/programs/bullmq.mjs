import { Queue, QueueEvents, Worker } from 'bullmq';

const { hostname: host, port } = new URL(process.env.REDIS_URL);
const connection = { host, port: Number(port) };

const myQueue = new Queue('foo', { connection });
const events = new QueueEvents('foo', { connection });
await events.waitUntilReady();

const worker = new Worker(
  'foo',
  async (job) => {
    if (job.name === 'fails') throw new Error('no such luck');
    return job.data;
  },
  { connection },
);

const first = await myQueue.add('myJobName', { foo: 'bar' });
const second = await myQueue.add('myJobName', { qux: 'baz' }, { delay: 20 });
const third = await myQueue.add('fails', {});
console.log(await first.waitUntilFinished(events), await second.waitUntilFinished(events));
await third.waitUntilFinished(events).catch((error) => console.log(error.message));

await worker.close();
await events.close();
await myQueue.close();
