import Fastify from 'fastify';
import { cartOf, serve } from './backends.cjs';

const app = Fastify();

app.get('/cart/:id', async ({ params }) => {
  const cart = await cartOf(Number(params.id));
  return cart;
});

serve(async () => {
  await app.listen({ port: 0, host: '127.0.0.1' });
  return app.server.address().port;
});
