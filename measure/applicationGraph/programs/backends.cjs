// What the handlers of both servers ask, and how much of it is unanswered at this moment.
'use strict';
const Redis = require('ioredis');
const { Client, Pool } = require('pg');

const { DATABASE_URL, REDIS_URL, SUPPLIER_URL, CONNECTIONS } = process.env;

/** PostgreSQL gives up a query soon after we are gone. */
const OURS = { connectionString: DATABASE_URL, options: '-c client_connection_check_interval=50' };

/** Has a connection for every query of the requests. */
const database = new Pool({ ...OURS, max: Number(CONNECTIONS) });

/** Has one connection, which is taken at the start and never given back. */
const exhausted = new Pool({ ...OURS, max: 1 });

const redis = new Redis(REDIS_URL);
const observer = new Client(OURS);

exports.database = database;
exports.exhausted = exhausted;
exports.redis = redis;
exports.supplier = SUPPLIER_URL;

exports.begin = async () => {
  await observer.connect();
  await exhausted.connect();
};

exports.held = async () => {
  const { rows } = await observer.query(
    `select count(*)::int as active from pg_stat_activity
     where state = 'active' and query like '%pg_sleep%' and pid <> pg_backend_pid()`,
  );
  return {
    query: rows[0].active,
    pop: redis.commandQueue.length,
    connection: exhausted.waitingCount,
  };
};
