import { UserError } from '../base/userError.js';
import type { InputSchema, ToolInput } from './tool.js';

/** Checks the arguments of a tool: they come from a language model. Throws a `UserError` that says what is wrong. */
export function toolInput(value: unknown, { properties }: InputSchema): ToolInput {
  if (value === undefined || value === null) return {};
  if (typeof value !== 'object') throw new UserError('The arguments must be an object.');
  const checked: Record<string, string | number | boolean> = {};
  for (const [name, given] of Object.entries(value)) {
    const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (property === undefined)
      throw new UserError(`There is no argument ${name}: ${Object.keys(properties).join(', ')} are known.`);
    if (given === undefined || given === null) continue;
    const { type, minimum = -Infinity, maximum = Infinity } = property;
    if (typeof given !== type) throw new UserError(`${name} must be a ${type}.`);
    if (typeof given === 'number' && !(given >= minimum && given <= maximum))
      throw new UserError(`${name} must be from ${minimum} to ${maximum}.`);
    checked[name] = given as string | number | boolean;
  }
  return checked;
}
