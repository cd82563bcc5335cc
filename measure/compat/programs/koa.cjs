const Koa = require('koa');
const app = new Koa();

app.use(async (ctx, next) => {
  await next();
  console.log(`${ctx.method} ${ctx.url} - ${ctx.status}`);
});

app.use(async (ctx) => {
  if (ctx.path === '/fails') ctx.throw(418, 'teapot');
  ctx.body = 'Hello World';
});

app.listen(process.env.PORT || 3000);
