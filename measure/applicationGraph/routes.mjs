/**
 * What a request waits for in the end.
 *
 * @typedef {object} Leaf
 * @property {'query' | 'pop' | 'call' | 'connection' | 'statement' | 'session'} kind
 * @property {string} [path] of a call
 * @property {string[]} packages where the promise is made that stands for it: packages, or files of Node
 */

/**
 * A route that a server may have.
 *
 * @typedef {object} Route
 * @property {string} name
 * @property {string} what  for the table
 * @property {(path: string) => Leaf[]} leaves of its request with this path
 */

/**
 * @typedef {object} Request
 * @property {Route} route
 * @property {string} path  no two requests share it
 */

/** @type {Leaf} */
const QUERY = { kind: 'query', packages: ['pg', 'pg-pool'] };
/** @type {Leaf} */
const POP = { kind: 'pop', packages: ['ioredis'] };
/** @type {Leaf} */
const CONNECTION = { kind: 'connection', packages: ['pg-pool'] };

/** @type {Leaf} */
const STATEMENT = { kind: 'statement', packages: ['mysql2'] };
/** @type {Leaf} */
const SESSION = { kind: 'session', packages: ['@redis/client'] };

/** Where Node makes the promises of `fetch` and of its body, by version. */
const FETCH = [
  'node:internal/deps/undici/undici',
  'node:internal/util',
  'node:internal/webstreams/readablestream',
];

/** @returns {Leaf} */
function call(path) {
  return { kind: 'call', path, packages: FETCH };
}

/** @type {Route[]} */
export const ROUTES = [
  { name: 'cart', what: 'a query through a pool', leaves: () => [QUERY] },
  { name: 'job', what: 'Redis `BLPOP`', leaves: () => [POP] },
  { name: 'price', what: '`fetch`, the headers are late', leaves: (path) => [call(path)] },
  { name: 'stock', what: '`fetch`, the body is late', leaves: (path) => [call(path)] },
  {
    name: 'checkout',
    what: '`Promise.all` of a query and a `fetch`',
    leaves: (path) => [QUERY, call(path.replace('checkout', 'price'))],
  },
  { name: 'report', what: 'a free connection of a pool that has none', leaves: () => [CONNECTION] },
  { name: 'order', what: 'a statement of MySQL through a pool of mysql2', leaves: () => [STATEMENT] },
  { name: 'session', what: 'Redis `BLPOP` through the package redis', leaves: () => [SESSION] },
];

/**
 * @param {number} count
 * @param {(name: string) => boolean} has  whether a server has the route
 * @returns {Request[]} the routes take turns
 */
export function requestsOf(count, has) {
  const routes = ROUTES.filter(({ name }) => has(name));
  return Array.from({ length: count }, (_, index) => {
    const route = routes[index % routes.length];
    return { route, path: `/${route.name}/${index + 1}` };
  });
}

/**
 * @param {Request[]} requests
 * @param {Leaf['kind']} kind
 * @returns {number} how many leaves of this kind they have together
 */
export function countLeaves(requests, kind) {
  return requests.flatMap(({ route, path }) => route.leaves(path)).filter((leaf) => leaf.kind === kind)
    .length;
}
