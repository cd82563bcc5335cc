// finds: nothing
// slow: 300
let push;
const next = () => new Promise((resolve) => (push = resolve));
(async function consume() {
  await next();
})();
setTimeout(() => push(), 900);
