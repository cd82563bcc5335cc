'use strict';
const express = require('express');
const { cartOf, serve } = require('./backends.cjs');

const app = express();

app.get('/cart/:id', async (request, response) => {
  const cart = await cartOf(Number(request.params.id));
  response.json(cart);
});

serve(
  () =>
    new Promise((resolve) => {
      const server = app.listen(0, '127.0.0.1', () => resolve(server.address().port));
    }),
);
