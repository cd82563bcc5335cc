// What the handlers of both servers ask, and how much of it is unanswered at this moment.
'use strict';
const Redis = require('ioredis');
const mysql = require('mysql2/promise');
const { Client, Pool } = require('pg');
const { createClient } = require('redis');

const { DATABASE_URL, MYSQL_URL, REDIS_URL, SUPPLIER_URL, CONNECTIONS, SQL_CONNECTIONS } = process.env;

/** PostgreSQL gives up a query soon after we are gone. */
const OURS = { connectionString: DATABASE_URL, options: '-c client_connection_check_interval=50' };

/** Has a connection for every query of the requests. */
const database = new Pool({ ...OURS, max: Number(CONNECTIONS) });

/** Has one connection, which is taken at the start and never given back. */
const exhausted = new Pool({ ...OURS, max: 1 });

const redis = new Redis(REDIS_URL);
const observer = new Client(OURS);

/** Has a connection for every statement of the requests, and one to look. */
const sql = mysql.createPool({ uri: MYSQL_URL, connectionLimit: Number(SQL_CONNECTIONS) + 1 });

/** The package redis: how many commands have no answer is not to be seen, so they are counted. */
const sessions = createClient({ url: REDIS_URL });
let waitingSessions = 0;

exports.database = database;
exports.exhausted = exhausted;
exports.redis = redis;
exports.sql = sql;
exports.sessionOf = (id) => {
  waitingSessions++;
  return sessions.blPop(`sessions:${id}`, 600);
};
exports.supplier = SUPPLIER_URL;

exports.begin = async () => {
  await observer.connect();
  await exhausted.connect();
  await sessions.connect();
  await sql.query('select 1');
};

exports.held = async () => {
  const { rows } = await observer.query(
    `select count(*)::int as active from pg_stat_activity
     where state = 'active' and query like '%pg_sleep%' and pid <> pg_backend_pid()`,
  );
  const [[{ statements }]] = await sql.query(
    `select count(*) as statements from information_schema.processlist where info like 'select sleep(600)%'`,
  );
  return {
    statement: statements,
    session: waitingSessions,
    query: rows[0].active,
    pop: redis.commandQueue.length,
    connection: exhausted.waitingCount,
  };
};
