import { t, toTranslate } from '../../base/texts.js';
import { isDependency } from '../codeOrigin.js';

/** What people call the code at a place inside Node: `events.once`; `undefined` where its name says nothing. */
export function nodeName(file: string, functionName = ''): string | undefined {
  const script = file.slice('node:'.length);
  const name = plainName(functionName);
  const special = SPECIAL.get(`${script} ${name}`) ?? SPECIAL.get(script);
  if (special !== undefined) return t(special);
  if (/^internal\/(modules|vm|process)\//.test(script)) return name === 'fetch' ? name : 'import()';
  if (name === '') return undefined;
  const module = MODULES.get(script) ?? (/^[a-z_\d]+$/.test(script) ? script : undefined);
  if (module === undefined) return undefined;
  return module.includes('/') ? `${name} (${module})` : `${module}.${name}`;
}

/** `pg` of a file of that package. */
export function packageName(file: string): string | undefined {
  if (!isDependency(file)) return undefined;
  return /.*[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)/.exec(file)?.[1]?.replaceAll('\\', '/');
}

/** `open` of `Object._open`. */
function plainName(functionName: string): string {
  return /^(?:\w+\.)*_?([a-zA-Z]\w*)$/.exec(functionName)?.[1] ?? '';
}

/** Scripts of Node whose functions people call under the name of a module. */
const MODULES = new Map([
  ['internal/fs/promises', 'fs.promises'],
  ['internal/fs/watchers', 'fs.promises'],
  ['internal/crypto/webcrypto', 'crypto.subtle'],
  ['internal/locks', 'navigator.locks'],
  ['readline/promises', 'readline'],
  ['stream/promises', 'stream'],
  ['timers/promises', 'timers/promises'],
]);

const CHUNK = toTranslate('next chunk of a stream');
const WEB_CHUNK = toTranslate('next chunk of a web stream');
const WEB_STREAM = toTranslate('web stream');
const BODY = toTranslate('fetch body');

/** A whole script, or one function of it, whose names are not those that people call. */
const SPECIAL = new Map([
  ['events next', 'events.on'],
  ['internal/streams/readable', CHUNK],
  ['internal/streams/end-of-stream', 'stream.finished'],
  ['internal/streams/pipeline', 'stream.pipeline'],
  ['internal/webstreams/readablestream DefaultReadRequest', WEB_CHUNK],
  ['internal/webstreams/readablestream nextSteps', WEB_CHUNK],
  ['internal/webstreams/readablestream readableStreamPipeTo', 'ReadableStream.pipeTo'],
  ['internal/webstreams/readablestream', WEB_STREAM],
  ['internal/webstreams/writablestream', WEB_STREAM],
  ['internal/webstreams/util', WEB_STREAM],
  ['internal/deps/undici/undici consumeBody', BODY],
  ['internal/deps/undici/undici specConsumeBody', BODY],
  ['internal/deps/undici/undici fullyReadBody', BODY],
  ['internal/deps/undici/undici', 'fetch'],
  ['internal/dns/promises createLookupPromise', 'dns.promises.lookup'],
  ['internal/dns/promises createResolverPromise', 'dns.promises.resolve'],
  ['internal/crypto/util jobPromise', 'crypto.subtle'],
]);
