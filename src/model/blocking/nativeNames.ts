/** How a native call is named for people: `JSON.parse`; `undefined` for one that is not known to be native. */
export function nativeName(call: string): string | undefined {
  return NATIVE.test(call) ? call : undefined;
}

/** A synchronous function of Node by its name, as it is written: `fs.statSync`, `statSync`. */
export function isSynchronousOfNode(call: string): boolean {
  return NODE_SYNCHRONOUS.test(call);
}

/** Not worth to be told beside a call that takes long. */
export function isShort(call: string): boolean {
  return SHORT.test(call);
}

/** What keeps the thread without any JavaScript: no debugger can look into it. */
const NATIVE =
  /^(?:JSON\.parse|JSON\.stringify|structuredClone|gc|Buffer\.from|Buffer\.concat|(?:[\w$]+\.)*(?:\w+Sync|sort|toSorted|toString|join|split|replaceAll|serialize|deserialize|update|digest|fill))$/;
const SHORT = /^(?:Date\.now|performance\.now|Math\.\w+|(?:[\w$]+\.)*push|(?:path\.)?(?:join|resolve))$/;
const NODE_SYNCHRONOUS =
  /^(?:[\w$]+\.)*(?:(?:readFile|writeFile|appendFile|copyFile|stat|lstat|fstat|exists|access|readdir|mkdir|mkdtemp|rmdir|rm|unlink|rename|open|close|read|write|fsync|fdatasync|realpath|readlink|symlink|link|chmod|chown|utimes|truncate|cp|exec|execFile|spawn)Sync)$/;
