import pg from 'pg';
const { Client, Pool } = pg;

const client = new Client({ connectionString: process.env.DATABASE_URL });
await client.connect();
const res = await client.query('SELECT $1::text as message', ['Hello world!']);
console.log(res.rows[0].message);

await client.query('CREATE TEMP TABLE numbers (n int primary key)');
await client.query('INSERT INTO numbers SELECT generate_series(1, 1000)');
console.log((await client.query('SELECT count(*), sum(n) FROM numbers')).rows);
await client.query('INSERT INTO numbers VALUES (1)').catch((error) => console.log(error.code, error.message));

const notified = new Promise((resolve) => client.once('notification', resolve));
await client.query('LISTEN news');

const pool = new Pool({ connectionString: process.env.DATABASE_URL, max: 4 });
const rows = await Promise.all(
  Array.from({ length: 40 }, (_, i) => pool.query('SELECT $1::int * 2 AS twice, pg_sleep(0.001)', [i])),
);
console.log(rows.map((each) => each.rows[0].twice).join(' '));
await pool.query("NOTIFY news, 'it rains'");
console.log((await notified).payload);
await pool.end();
await client.end();
