const Redis = require('ioredis');
const redis = new Redis(process.env.REDIS_URL);

redis.set('mykey', 'value');

redis.get('mykey', (err, result) => {
  if (err) {
    console.error(err);
  } else {
    console.log(result);
  }
});

async function main() {
  await redis.zadd('sortedSet', 1, 'one', 2, 'dos', 4, 'quatro', 3, 'three');
  console.log(await redis.zrange('sortedSet', 0, 2, 'WITHSCORES'));
  console.log(await redis.pipeline().set('foo', 'bar').del('cc').get('foo').exec());
  await redis.lpush('mykey', 'x').catch((error) => console.log(error.message));

  const subscriber = redis.duplicate();
  const message = new Promise((resolve) => subscriber.once('message', (...args) => resolve(args)));
  await subscriber.subscribe('news');
  await redis.publish('news', 'it rains');
  console.log(await message);
  const popped = subscriber.duplicate();
  setTimeout(() => redis.rpush('queue', 'job'), 10);
  console.log(await popped.blpop('queue', 5));
  for (const each of [popped, subscriber, redis]) await each.quit();
}

main();
