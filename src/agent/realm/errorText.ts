import { types } from 'node:util';

/** As it is before the program can replace it. */
const { isNativeError, isProxy } = types;
const ownProperty = Object.getOwnPropertyDescriptor;
/** V8's own getter of `stack`, where an error has one instead of a value. */
const stackGetter: unknown = Reflect.get(ownProperty(new globalThis.Error(), 'stack') ?? {}, 'get');

const MAX_TEXT = 8_000;

/**
 * What a promise was rejected with, in words: an error with its stack. Nothing of the program runs for it; `isReadable`:
 * it has set nothing that would write the stack.
 */
export function errorText(reason: unknown, isReadable: boolean): string {
  if (typeof reason === 'object' && reason !== null) return objectText(reason, isReadable).slice(0, MAX_TEXT);
  if (typeof reason === 'function' || typeof reason === 'symbol') return `a ${typeof reason}`;
  return String(reason).slice(0, MAX_TEXT);
}

function objectText(reason: object, isReadable: boolean): string {
  if (isProxy(reason) || !isNativeError(reason)) return 'an object that is no error';
  if (isReadable) {
    const property = ownProperty(reason, 'stack') ?? {};
    const getter: unknown = Reflect.get(property, 'get');
    const isV8s = getter !== undefined && getter === stackGetter;
    const stack: unknown = isV8s ? Reflect.apply(getter as () => unknown, reason, []) : property.value;
    if (typeof stack === 'string' && stack !== '') return stack;
  }
  const name = inherited(reason, 'name') || 'Error';
  const message = inherited(reason, 'message');
  return message === '' ? name : `${name}: ${message}`;
}

/** A text property of an object or of what it inherits from; empty where that is no plain value. */
function inherited(object: object, name: string): string {
  for (let at: object | null = object; at !== null; at = Object.getPrototypeOf(at) as object | null) {
    if (isProxy(at)) return '';
    const property = ownProperty(at, name);
    if (property !== undefined) return typeof property.value === 'string' ? property.value : '';
  }
  return '';
}
