// Runs tests of test262 in this process, each in a context of its own.
//   node --experimental-vm-modules test262.cjs FOLDER LIST ENDINGS
// The paths of the tests are the lines of LIST. How each ended becomes a line of ENDINGS at once, as JSON: some tests
// end the process by a fault of the engine.
const { appendFileSync, readFileSync } = require('node:fs');
const path = require('node:path');
const { setImmediate } = require('node:timers/promises');
const vm = require('node:vm');
const { metadataOf } = require('./test262Metadata.cjs');

const [, , folder, list, endingsFile] = process.argv;

/** Turns of the event loop after which what has not said that it is done never will: nothing waits for a timer. */
const TURNS = 20;

const DONE = 'Test262:AsyncTestComplete';

const texts = new Map();

function textOf(file) {
  if (!texts.has(file)) texts.set(file, readFileSync(file, 'utf8'));
  return texts.get(file);
}

/** A context with the harness that the test asks for, and what it prints. */
function prepared({ flags, includes }) {
  const printed = [];
  const context = realm((text) => printed.push(String(text)));
  if (!flags.includes('raw')) {
    const always = ['assert.js', 'sta.js'];
    const done = flags.includes('async') ? ['doneprintHandle.js'] : [];
    for (const name of [...always, ...done, ...includes])
      vm.runInContext(textOf(path.join(folder, 'harness', name)), context);
  }
  return { context, printed };
}

function realm(print) {
  const context = vm.createContext({});
  const global = vm.runInContext('globalThis', context);
  const own = {
    global,
    createRealm: () => vm.runInContext('$262', realm(print)),
    evalScript: (text) => vm.runInContext(text, context),
    detachArrayBuffer: (buffer) => void structuredClone(buffer, { transfer: [buffer] }),
    gc: () => {},
  };
  for (const [name, value] of Object.entries({ print, $262: own }))
    Object.defineProperty(global, name, { value, writable: true, configurable: true });
  return context;
}

/** The modules of one context, each loaded once. */
function moduleLoader(context) {
  const modules = new Map();
  const importModuleDynamically = async (specifier, referrer) => {
    const module = load(path.resolve(path.dirname(referrer.identifier ?? referrer), specifier));
    if (module.status === 'unlinked') await module.link(link);
    await module.evaluate();
    return module;
  };
  const load = (file) => {
    if (!modules.has(file)) {
      const options = { context, identifier: file, importModuleDynamically };
      modules.set(file, new vm.SourceTextModule(textOf(file), options));
    }
    return modules.get(file);
  };
  const link = (specifier, { identifier }) => load(path.resolve(path.dirname(identifier), specifier));
  return { importModuleDynamically, run: async (file) => void (await importModuleDynamically(file, file)) };
}

async function run(file, metadata, isStrict) {
  const { context, printed } = prepared(metadata);
  const loader = moduleLoader(context);
  if (metadata.flags.includes('module')) {
    await loader.run(file);
  } else {
    const text = `${isStrict ? '"use strict";\n' : ''}${textOf(file)}`;
    const importModuleDynamically = (specifier) => loader.importModuleDynamically(specifier, file);
    new vm.Script(text, { filename: file, importModuleDynamically }).runInContext(context);
  }
  if (!metadata.flags.includes('async')) return 'passed';
  for (let turn = 0; turn < TURNS && printed.length === 0; turn++) await setImmediate();
  return printed[0] === DONE ? 'passed' : (printed[0] ?? 'never done');
}

async function ending(file, metadata, isStrict) {
  const expected = metadata.negative;
  try {
    const how = await run(file, metadata, isStrict);
    return expected === undefined ? how : `no ${expected}`;
  } catch (error) {
    const name = error?.constructor?.name ?? typeof error;
    return name === expected ? 'passed' : `${name}: ${error?.message ?? ''}`;
  }
}

async function main() {
  for (const name of readFileSync(list, 'utf8').split('\n')) {
    const metadata = metadataOf(textOf(path.join(folder, name)));
    const endings = [];
    for (const isStrict of metadata.modes)
      endings.push(await ending(path.join(folder, name), metadata, isStrict));
    appendFileSync(
      endingsFile,
      `${JSON.stringify([name, endings.find((each) => each !== 'passed') ?? 'passed'])}\n`,
    );
  }
}

// rejections that nobody handles are part of many tests
process.on('unhandledRejection', () => {});
void main();
