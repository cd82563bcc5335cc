/** What is worked out of a place when it is first seen. */
export interface PlaceFacts {
  isBuiltin?: boolean;
  /** `new Promise`, as against a function that happens to have that name. */
  isConstructor?: boolean;
  isInternal?: boolean;
  /** In a package that the program uses. */
  isDependency?: boolean;
  /** Node's own code between the engine and a hook. */
  isHookFrame?: boolean;
  /** Node's loop that drains ticks and microtasks: what is above it was called by nobody. */
  isTickLoop?: boolean;
  /** Node's code that has a module evaluated. */
  isModuleJob?: boolean;
  /** Node's `fetch`. */
  isFetch?: boolean;
  /** Node's code that links modules, which is when they are entered. */
  isModuleLinker?: boolean;
  /** Top level of a module; or an evaluated text that is one arrow function. */
  isModule?: boolean;
  /** The place looks like the opening parenthesis of an async function: where the engine enters it. */
  looksLikeEntry?: boolean;
}

const NOTHING: Required<PlaceFacts> = {
  isBuiltin: false,
  isConstructor: false,
  isInternal: false,
  isDependency: false,
  isHookFrame: false,
  isTickLoop: false,
  isModuleJob: false,
  isFetch: false,
  isModuleLinker: false,
  isModule: false,
  looksLikeEntry: false,
};

/** One place in the program's source. */
export interface Place extends Readonly<Required<PlaceFacts>> {
  /** Index in the table that the host gets; 0 for builtins, which have no place. */
  readonly id: number;
  /** Function name, empty for an anonymous one; of a builtin such as `then`, `all` or `Promise`. */
  readonly name: string;
  /** Identity of the enclosing function, the same for all of its places; 0 for builtins. */
  readonly fn: number;
  readonly position: number;
}

/** All have one shape, whatever is known of them. */
export function placeOf(id: number, name: string, fn: number, position: number, facts: PlaceFacts): Place {
  return { id, name, fn, position, ...NOTHING, ...facts };
}
