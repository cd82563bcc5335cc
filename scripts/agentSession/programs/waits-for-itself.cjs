const cache = new Map();

async function load(name) {
  await Promise.resolve();
  return cache.get(name) ?? name;
}

async function cached(name) {
  await Promise.resolve();
  await cache.get(name); // FAULT
  return load(name);
}

cache.set('a', cached('a'));
setInterval(() => {}, 1000);
