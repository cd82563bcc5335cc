// A server whose every handler waits for somebody else. What each waits for is known: ../routes.mjs names the lines.
import Fastify from 'fastify';
import { begin, database, exhausted, held, redis, sessionOf, sql, supplier } from './backends.cjs';

const app = Fastify();

async function cartOf(id) {
  const { rows } = await database.query('select $1::int as cart, pg_sleep(600)', [id]);
  return rows;
}

async function priceOf(id) {
  const response = await fetch(`${supplier}/price/${id}`);
  return response.text();
}

app.get('/cart/:id', async ({ params }) => {
  const cart = await cartOf(params.id);
  return { cart };
});

app.get('/job/:id', async ({ params }) => {
  const job = await redis.blpop(`jobs:${params.id}`, 600);
  return { job };
});

app.get('/price/:id', async ({ params }) => {
  const price = await priceOf(params.id);
  return { price };
});

app.get('/stock/:id', async ({ params }) => {
  const response = await fetch(`${supplier}/stock/${params.id}`);
  const stock = await response.text();
  return { stock };
});

app.get('/checkout/:id', async ({ params }) => {
  const [cart, price] = await Promise.all([cartOf(params.id), priceOf(params.id)]);
  return { cart, price };
});

app.get('/report/:id', async () => {
  const client = await exhausted.connect();
  return { client: client.processID };
});

app.get('/order/:id', async ({ params }) => {
  const [order] = await sql.query('select sleep(600), ?', [params.id]);
  return { order };
});

app.get('/session/:id', async ({ params }) => {
  const session = await sessionOf(params.id);
  return { session };
});

app.get('/ping', async () => 'pong');
app.get('/held', () => held());

await begin();
await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
