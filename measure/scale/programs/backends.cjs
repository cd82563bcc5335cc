// What every handler asks of PostgreSQL and Redis, and what the benchmark asks of the server: to listen, then how much
// processor time it has used.
'use strict';
const Redis = require('ioredis');
const { Pool } = require('pg');

const CONNECTIONS = 20;
const ITEMS = "select n as id, 'item ' || n as name from generate_series($1::int, $1::int + 4) as n";

const database = new Pool({ connectionString: process.env.DATABASE_URL, max: CONNECTIONS });
const redis = new Redis(process.env.REDIS_URL);

async function itemsOf(id) {
  const { rows } = await database.query(ITEMS, [id]);
  return rows;
}

exports.cartOf = async (id) => {
  const visits = await redis.incr(`visits:${id}`);
  const items = await itemsOf(id);
  await redis.set(`cart:${id}`, items.length);
  return { visits, items };
};

/** `listen` resolves with the port. */
exports.serve = (listen) => {
  process.once('message', async () => {
    const port = await listen();
    process.on('message', () => {
      const { user, system } = process.cpuUsage();
      process.send({ cpuMs: (user + system) / 1_000 });
    });
    process.send({ port });
  });
  process.once('disconnect', () => process.exit());
  process.send('started');
};
