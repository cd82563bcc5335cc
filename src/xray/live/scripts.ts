/**
 * What is run in the program, as text: nothing of it is ours to load. It calls no method that the program may have put in
 * the place of a builtin where that can be avoided, and reads properties without running getters of the program.
 */

/** Prototypes of what is asked for, and what the clock of timers differs by from that of the process. */
export const PROTOTYPES = `(() => {
  const { setTimeout, clearTimeout } = require('node:timers');
  const timer = setTimeout(() => {}, 1);
  clearTimeout(timer);
  const isTimer = typeof timer === 'object' && typeof timer._idleStart === 'number';
  const behind = isTimer ? timer._idleStart - performance.now() : 0;
  return {
    promise: Object.getPrototypeOf((async () => {})()).constructor.prototype,
    timeout: isTimer ? Object.getPrototypeOf(timer) : {},
    emitter: require('node:events').prototype,
    // the clock of timers stands still while the loop is held
    offsetMs: behind > -100 ? behind : 0,
  };
})()`;

/** Called on the prototypes. Of event emitters those that stand for something that the process has open. */
export const HOLDER = `function (promises, timers, emitters) {
  const own = (object, key) => {
    const found = Object.getOwnPropertyDescriptor(object, key);
    return found && found.value;
  };
  const bySymbol = (object, name) => {
    const keys = Object.getOwnPropertySymbols(object);
    for (let i = 0; i < keys.length; i++) if (keys[i].description === name) return own(object, keys[i]);
  };
  const isClient = (one) => own(one, 'agent') !== undefined && own(one, 'destroyed') === false && own(one, 'method') !== undefined;
  const isOpen = (one) =>
    own(one, '_handle') || own(one, 'spawnfile') || bySymbol(one, 'kHandle') || bySymbol(one, 'state symbol') ||
    (own(one, '_header') !== undefined && (isClient(one) || (own(one, 'finished') === false && own(one, 'req'))));
  const open = [], running = [], requests = [], handles = [];
  for (let i = 0; i < emitters.length; i++) try { if (isOpen(emitters[i])) open[open.length] = emitters[i]; } catch {}
  for (let i = 0; i < timers.length; i++) if (own(timers[i], '_destroyed') === false) running[running.length] = timers[i];
  const known = new Set(open);
  const list = (from, to) => { for (let i = 0; i < from.length; i++) if (!known.has(from[i])) to[to.length] = from[i]; };
  try { list(process._getActiveRequests(), requests); } catch {}
  try { list(process._getActiveHandles(), handles); } catch {}
  return { promises, timers: running, emitters: open, requests, handles, offsetMs: this.offsetMs };
}`;

/** Called on the holder: \`{timers, emitters, requests, handles}\`, each a list of what is known of the same index. */
export const DESCRIBE = `function () {
  const own = (object, key) => {
    if (typeof object !== 'object' || object === null) return undefined;
    const found = Object.getOwnPropertyDescriptor(object, key);
    return found && found.value;
  };
  const bySymbol = (object, name) => {
    const keys = Object.getOwnPropertySymbols(object);
    for (let i = 0; i < keys.length; i++) if (keys[i].description === name) return own(object, keys[i]);
  };
  const className = (object) => {
    try { return object.constructor.name; } catch { return ''; }
  };
  const text = (value) => (typeof value === 'string' ? value.slice(0, 300) : undefined);
  const number = (value) => (typeof value === 'number' && isFinite(value) ? value : undefined);
  const address = (handle, method) => {
    try {
      const out = {};
      handle[method](out);
      return { host: text(out.address), port: number(out.port) };
    } catch { return {}; }
  };
  const isUnref = (handle) => {
    try { return typeof handle.hasRef === 'function' && !handle.hasRef(); } catch { return false; }
  };
  const kinds = { TCP: 'TCPWRAP', Pipe: 'PIPEWRAP', TLSWrap: 'TLSWRAP', TTY: 'TTYWRAP', UDP: 'UDPWRAP',
    Process: 'PROCESSWRAP', FSEvent: 'FSEVENTWRAP', StatWatcher: 'STATWATCHER', MessagePort: 'MESSAGEPORT' };
  const handleOf = (one) => {
    const state = bySymbol(one, 'state symbol');
    return own(one, '_handle') || bySymbol(one, 'kHandle') || (state && own(state, 'handle'));
  };
  const emitter = (one) => {
    if (own(one, 'spawnfile') !== undefined) {
      const words = own(one, 'spawnargs'), list = [];
      if (Array.isArray(words)) for (let i = 0; i < words.length; i++) list[i] = String(words[i]);
      return { type: 'PROCESSWRAP', detail: { pid: number(own(one, 'pid')), command: text(list.join(' ')) },
        unref: isUnref(own(one, '_handle')) };
    }
    const isRequest = own(one, 'finished') !== undefined && own(one, '_header') !== undefined;
    if (isRequest && own(one, 'req')) {
      const req = own(one, 'req');
      return { type: 'HTTPSERVERREQUEST', detail: { method: text(own(req, 'method')), path: text(own(req, 'url')) } };
    }
    if (isRequest && own(one, 'method') !== undefined) {
      const res = own(one, 'res');
      if (res && own(res, 'complete')) return undefined;
      const socket = own(one, 'socket') || bySymbol(one, 'kSocket');
      return { type: 'HTTPCLIENTREQUEST', detail: { method: text(own(one, 'method')), path: text(own(one, 'path') || bySymbol(one, 'kPath')),
        host: text(own(one, 'host')), port: address(own(socket, '_handle'), 'getpeername').port,
        phase: res ? 'body' : socket ? 'headers' : 'connection' } };
    }
    const handle = handleOf(one);
    if (!handle) return undefined;
    const kind = className(handle);
    if (kind === 'Worker') return { type: 'WORKER', detail: { threadId: number(own(handle, 'threadId')) }, unref: isUnref(handle) };
    const type = kinds[kind];
    if (type === undefined) return undefined;
    const isServer = typeof one.getConnections === 'function' && own(one, '_connectionKey') !== undefined;
    const unref = isUnref(handle);
    if (isServer) return { type: type === 'TCPWRAP' ? 'TCPSERVERWRAP' : 'PIPESERVERWRAP', detail: address(handle, 'getsockname'), unref };
    if (type === 'TCPWRAP') return { type, detail: { ...address(handle, 'getpeername') }, unref };
    if (type === 'UDPWRAP') return { type, detail: address(handle, 'getsockname'), unref };
    const fd = own(one, 'fd');
    const stream = fd === 0 ? 'stdin' : fd === 1 ? 'stdout' : fd === 2 ? 'stderr' : undefined;
    return { type, detail: { file: stream }, unref };
  };
  const request = (one) => {
    const type = className(one).toUpperCase();
    const host = text(own(one, 'hostname')) || text(own(one, 'host'));
    return { type, detail: { host: host || (type === 'TCPCONNECTWRAP' ? text(own(one, 'address')) : undefined),
      port: type === 'TCPCONNECTWRAP' ? number(own(one, 'port')) : undefined } };
  };
  const now = performance.now() + this.offsetMs;
  const timer = (one) => ({ type: 'Timeout', unref: isUnref(one), detail: { timerMs: number(own(one, '_idleTimeout')),
    armedAgoMs: now - own(one, '_idleStart'), repeat: typeof own(one, '_repeat') === 'number' || undefined } });
  const all = (list, describe) => {
    const found = [];
    for (let i = 0; i < list.length; i++) {
      try { found[i] = describe(list[i]) || null; } catch { found[i] = null; }
    }
    return found;
  };
  return { timers: all(this.timers, timer), emitters: all(this.emitters, emitter), requests: all(this.requests, request),
    handles: all(this.handles, emitter) };
}`;

/**
 * Called on the holder: of so many promises from one on who awaits each, who awaits that one, and so on, as V8 tells it in
 * an async stack: \`[frames, count]\` for each different stack. A frame is \`[function, url, line, column]\`, or
 * \`[combinator, index]\`. Made as AWAIT_PLACES are.
 */
export const STACKS = `function (from, count) {
  const { promises } = this;
  const until = Math.min(promises.length, from + count);
  const counts = new Map();
  const saved = (key) => Object.getOwnPropertyDescriptor(Error, key);
  const restore = (key, before) => {
    if (before) Object.defineProperty(Error, key, before);
    else delete Error[key];
  };
  const frames = (stack) => {
    const found = [];
    for (let i = 0; typeof stack === 'object' && i < stack.length; i++) {
      const site = stack[i];
      if (!site.isAsync()) continue;
      if (site.getLineNumber() === null) found[found.length] = [site.getFunctionName() || '', site.getPromiseIndex()];
      else found[found.length] = [site.getFunctionName() || '', site.getScriptNameOrSourceURL() || '', site.getLineNumber(), site.getColumnNumber()];
    }
    return found;
  };
  const Native = (async () => {})().constructor;
  return new Native((finished) => {
    let left = until - from;
    const end = () => {
      const told = [];
      counts.forEach((count, key) => { told[told.length] = [JSON.parse(key), count]; });
      finished(told);
    };
    if (left <= 0) end();
    for (let at = from; at < until; at++) {
      const awaited = promises[at];
      function Capability(executor) {
        executor(() => {}, () => {});
        return awaited;
      }
      const probe = Native.resolve().then(() => {
        const limit = saved('stackTraceLimit'), prepare = saved('prepareStackTrace');
        try {
          Error.stackTraceLimit = 40;
          Error.prepareStackTrace = (error, sites) => sites;
          const key = JSON.stringify(frames(new Error().stack));
          if (key !== '[]') counts.set(key, (counts.get(key) || 0) + 1);
        } catch {} finally {
          restore('stackTraceLimit', limit);
          restore('prepareStackTrace', prepare);
        }
        if (--left === 0) end();
      });
      probe.constructor = { [Symbol.species]: Capability };
      probe.then(() => {});
    }
  });
}`;

/**
 * Called on the holder: the await place of the one function that waits for each of these promises, as
 * \`[url, line, column, function]\`. V8 makes it: the stack of an Error in a reaction whose result goes to promise P has
 * the functions that await P. So a reaction is made whose result is P; what it settles is a dummy, and P does not notice.
 */
export const AWAIT_PLACES = `function (indexes) {
  const { promises } = this;
  const places = [];
  const saved = (key) => Object.getOwnPropertyDescriptor(Error, key);
  const restore = (key, before) => {
    if (before) Object.defineProperty(Error, key, before);
    else delete Error[key];
  };
  const Native = (async () => {})().constructor;
  return new Native((finished) => {
    let left = indexes.length;
    if (left === 0) finished(places);
    const one = (at) => {
      const awaited = promises[indexes[at]];
      function Capability(executor) {
        executor(() => {}, () => {});
        return awaited;
      }
      const probe = Native.resolve().then(() => {
        const limit = saved('stackTraceLimit'), prepare = saved('prepareStackTrace');
        try {
          Error.stackTraceLimit = 8;
          Error.prepareStackTrace = (error, sites) => sites;
          const { stack } = new Error();
          for (let i = 0; typeof stack === 'object' && i < stack.length; i++) {
            const site = stack[i];
            if (!site.isAsync() || site.getLineNumber() === null) continue;
            places[at] = [site.getScriptNameOrSourceURL() || '', site.getLineNumber(), site.getColumnNumber(), site.getFunctionName() || ''];
            break;
          }
        } catch {} finally {
          restore('stackTraceLimit', limit);
          restore('prepareStackTrace', prepare);
        }
        if (--left === 0) finished(places);
      });
      probe.constructor = { [Symbol.species]: Capability };
      probe.then(() => {});
    };
    for (let at = 0; at < indexes.length; at++) one(at);
  });
}`;
