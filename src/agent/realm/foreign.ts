/**
 * A copy of what another realm has made, of plain objects, lists and values alone: what the program has done to its
 * own prototypes, such as a `toJSON`, is not in it.
 */
export function copyOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return typeof value === 'function' ? undefined : value;
  if (!Array.isArray(value)) {
    const copy: Record<string, unknown> = {};
    for (const key of Object.keys(value)) copy[key] = copyOf((value as Record<string, unknown>)[key]);
    return copy;
  }
  const copy: unknown[] = [];
  for (let index = 0; index < value.length; index++) copy.push(copyOf(value[index]));
  return copy;
}
