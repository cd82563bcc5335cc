const express = require('express');
const app = express();
const port = process.env.PORT || 3000;

app.get('/', (req, res) => {
  res.send('Hello World!');
});

app.get('/later/:name', async (req, res) => {
  await new Promise((resolve) => setTimeout(resolve, 5));
  res.json({ hello: req.params.name });
});

app.get('/fails', async () => {
  throw new Error('BROKEN');
});

app.listen(port, () => {
  console.log(`Example app listening on port`);
});
