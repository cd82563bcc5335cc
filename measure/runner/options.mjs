/**
 * What was asked for on the command line, as numbers: each throws a sentence that says what the option takes.
 */

/**
 * @param {string} option
 * @param {string} text
 * @param {number} [least]
 */
export function whole(option, text, least = 1) {
  const value = Number(text);
  if (Number.isInteger(value) && value >= least) return value;
  throw new Error(`--${option} takes a whole number of ${least} or more, not "${text}"`);
}

/**
 * @param {string} option
 * @param {string} text
 */
export function positive(option, text) {
  const value = Number(text);
  if (value > 0 && Number.isFinite(value)) return value;
  throw new Error(`--${option} takes a number above 0, not "${text}"`);
}

/**
 * Those of a list that are named, in the order in which they are.
 *
 * @template {{ name: string }} T
 * @param {readonly T[]} all
 * @param {readonly string[]} names
 * @returns {T[]}
 */
export function named(all, names) {
  return names.map((name) => {
    const found = all.find((each) => each.name === name.trim());
    if (found === undefined)
      throw new Error(`There is no "${name}"; there are ${all.map((each) => each.name).join(', ')}`);
    return found;
  });
}

/**
 * Runs what a command does; what goes wrong is one line for people.
 *
 * @param {() => Promise<void>} main
 */
export function runMain(main) {
  main().catch((error) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
}
