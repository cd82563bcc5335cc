// @ts-check
/**
 * The layers of the source and what each may import: the one table behind the lint rule and behind the test
 * of the bundles. A folder under src/ is a layer; `extension` is the composition root src/extension.ts.
 *
 * @typedef {object} Layer
 * @property {string[]} layers    other layers it may import
 * @property {string[]} packages  packages it may import; `node:` stands for the built-in modules
 * @property {string[]} [types]   packages of which it may import types alone
 * @property {string[]} [globals] globals that it must not touch, because they are a clock or belong to a host
 */

const CLOCKS = [
  'Date',
  'performance',
  'queueMicrotask',
  'setImmediate',
  'setInterval',
  'setTimeout',
  'clearImmediate',
  'clearInterval',
  'clearTimeout',
];
const HOST = ['Buffer', 'console', 'process'];

/** @type {Record<string, Layer>} */
export const LAYERS = {
  base: { layers: [], packages: [], globals: [...CLOCKS, ...HOST] },
  protocol: { layers: [], packages: [], globals: [...CLOCKS, ...HOST] },
  loader: { layers: [], packages: [] },
  agent: { layers: ['protocol'], packages: ['node:'], globals: ['console'] },
  model: { layers: ['base', 'protocol'], packages: [], globals: [...CLOCKS, ...HOST] },
  tools: { layers: ['base', 'protocol', 'model'], packages: [], globals: [...CLOCKS, ...HOST] },
  mcp: { layers: [], packages: ['@modelcontextprotocol/sdk'], globals: ['console'] },
  cdp: { layers: ['base'], packages: ['ws'], types: ['devtools-protocol'], globals: ['console'] },
  recording: { layers: ['base', 'protocol', 'model'], packages: [], globals: [...CLOCKS, ...HOST] },
  webview: {
    layers: ['base', 'protocol', 'model', 'recording'],
    packages: [],
    globals: ['Buffer', 'console', 'process'],
  },
  source: { layers: ['protocol', 'model'], packages: ['acorn'], globals: [...CLOCKS, ...HOST] },
  session: {
    layers: ['base', 'protocol', 'model', 'recording', 'cdp', 'source'],
    packages: ['node:', '@jridgewell/trace-mapping'],
    types: ['devtools-protocol'],
    globals: ['console'],
  },
  // looks into a program that loaded nothing of ours
  xray: {
    layers: ['base', 'protocol', 'model', 'cdp'],
    packages: ['node:'],
    types: ['devtools-protocol'],
    globals: ['console'],
  },
  ui: {
    layers: ['base', 'protocol', 'model', 'recording', 'session', 'tools', 'xray'],
    packages: ['node:', 'vscode'],
    globals: ['console'],
  },
  cli: {
    layers: ['base', 'protocol', 'agent', 'model', 'recording', 'cdp', 'session', 'tools', 'mcp', 'xray'],
    packages: ['node:'],
  },
  // the entries of the npm package, which run in people's own programs
  package: { layers: ['base', 'protocol', 'model', 'session'], packages: ['node:'], globals: ['console'] },
  extension: {
    layers: ['base', 'protocol', 'model', 'recording', 'cdp', 'session', 'tools', 'ui', 'xray'],
    packages: ['node:', 'vscode'],
    globals: ['console'],
  },
};

/**
 * The rooms of a layer, its folders, and which of its other rooms each may import. Files that stand right in the
 * layer's folder are the room `.`; that of the agent and of the user interface imports all rooms and no room imports it.
 *
 * @type {Record<string, Record<string, string[]>>}
 */
export const ROOMS = {
  agent: {
    realm: [],
    clocks: [],
    records: [],
    stacks: ['clocks'],
    recording: ['clocks', 'records'],
    promises: ['clocks', 'realm', 'recording', 'records', 'stacks'],
    eventLoop: ['clocks', 'realm', 'recording', 'records', 'stacks'],
    resources: ['clocks', 'eventLoop', 'promises', 'realm', 'recording', 'records', 'stacks'],
    libraries: ['clocks', 'program', 'promises', 'realm', 'recording', 'records', 'resources', 'stacks'],
    program: ['clocks', 'records', 'stacks'],
    syncCalls: ['clocks', 'eventLoop', 'resources', 'stacks'],
    wire: ['eventLoop', 'libraries', 'program', 'promises', 'realm', 'records', 'resources'],
  },
  model: {
    wire: ['.'],
    tasks: ['.'],
    blocking: ['.', 'tasks'],
    findings: ['.', 'tasks'],
    taskIndex: ['.', 'tasks'],
    presenter: ['.', 'taskIndex', 'tasks'],
  },
  ui: {
    workbench: [],
    settings: ['workbench'],
    sessions: ['settings', 'workbench'],
    tasks: ['sessions', 'settings', 'workbench'],
    timeline: ['sessions', 'settings', 'tasks', 'workbench'],
    warnings: ['sessions', 'settings', 'tasks', 'workbench'],
    tools: ['workbench'],
    start: ['workbench'],
  },
};

/** The layer of a file, by its path below the project's folder with forward slashes; undefined outside src/. */
export function layerOf(/** @type {string} */ path) {
  const [top, name, ...rest] = path.split('/');
  if (top !== 'src' || name === undefined) return undefined;
  return rest.length > 0 ? name : name.replace(/\.(d\.)?ts$/, '');
}

/** The room of a file in a layer that has rooms; undefined elsewhere. */
export function roomOf(/** @type {string} */ path) {
  const layer = layerOf(path);
  if (layer === undefined || !(layer in ROOMS)) return undefined;
  const [, , room, file] = path.split('/');
  return file === undefined ? '.' : room;
}

/**
 * What is wrong with an import, as one sentence; undefined if it is allowed.
 *
 * @param {string} from path of the importing file, as for layerOf
 * @param {string} to path of the imported file, or the name of a package
 * @param {{ typeOnly: boolean }} how
 * @returns {string | undefined}
 */
export function forbidden(from, to, how) {
  const own = layerOf(from);
  if (own === undefined) return undefined;
  const layer = LAYERS[own];
  if (layer === undefined) return `src/${own} is not in the layer table (scripts/layers.mjs)`;
  const target = layerOf(to);
  if (target !== undefined) {
    if (target === own) return forbiddenRoom(own, roomOf(from), roomOf(to));
    if (layer.layers.includes(target)) return undefined;
    return `${own} must not import ${target} (scripts/layers.mjs)`;
  }
  const name = to.startsWith('node:') ? 'node:' : packageName(to);
  if (layer.packages.includes(name)) return undefined;
  if (how.typeOnly && layer.types?.includes(name)) return undefined;
  return `${own} must not import ${to} (scripts/layers.mjs)`;
}

/**
 * @param {string} layer
 * @param {string | undefined} from
 * @param {string | undefined} to
 * @returns {string | undefined}
 */
function forbiddenRoom(layer, from, to) {
  if (from === undefined || to === undefined || from === '.' || from === to) return undefined;
  const rooms = ROOMS[layer]?.[from];
  if (rooms === undefined) return `src/${layer}/${from} is not in the table of rooms (scripts/layers.mjs)`;
  return rooms.includes(to)
    ? undefined
    : `${layer}/${from} must not import ${layer}/${to} (scripts/layers.mjs)`;
}

function packageName(/** @type {string} */ specifier) {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}
