// The agent runs in a realm of its own: a `vm` context. What the program makes of `JSON`, `Error`, `Array.prototype`
// and the like is no matter of the agent's then, and what the agent sets on its own `Error` none of the program's.
// This is the text around the agent's bundle that makes it so, wherever the bundle is required or evaluated.

/** A debugger that skips Node's own code steps over the agent, too. */
export const SOURCE_URL = '//# sourceURL=node:internal/nodejs.asyncDebugger';

/** What belongs to the program's realm and its Node. */
const HOST = ['globalThis', 'require', 'process', 'performance', 'TextDecoder', '__filename'];

/** A look-up in the realm's global scope takes long: what the agent uses of it stands in the scope of a function. */
const REALM = [
  'Array',
  'Error',
  'FinalizationRegistry',
  'Float64Array',
  'Int32Array',
  'JSON',
  'Map',
  'Math',
  'Number',
  'Object',
  'Promise',
  'Proxy',
  'Reflect',
  'Set',
  'Symbol',
  'Uint32Array',
  'Uint8Array',
  'WeakMap',
  'WeakRef',
  'isFinite',
  'isNaN',
];

const file = 'typeof __filename === "string" ? __filename : undefined';
const late = 'typeof __asyncDebuggerLate !== "undefined"';
const realm = REALM.join();

export const banner = `(function (agent) {
const vm = require("node:vm");
const text = "(function(${realm}){return " + agent + "})(${realm})\\n${SOURCE_URL}";
const load = vm.runInContext(text, vm.createContext({}, { name: "Async Debugger" }), { filename: ${file} });
load(globalThis, require, process, performance, TextDecoder, ${file}, ${late});
})(function (${HOST.join()}, __asyncDebuggerLate) {`;

export const footer = `});\n${SOURCE_URL}`;
