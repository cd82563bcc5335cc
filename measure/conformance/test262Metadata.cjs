/**
 * What a test of test262 asks for, as the comment at its head says.
 *
 * @typedef {object} Metadata
 * @property {string[]} flags
 * @property {string[]} includes files of the harness
 * @property {string | undefined} negative name of the error that it must end with
 * @property {boolean[]} modes how it is run: as sloppy code (false), as strict code (true), or both
 */

/**
 * @param {string} text of a test
 * @returns {Metadata}
 */
exports.metadataOf = function metadataOf(text) {
  const head = /\/\*---([^]*?)---\*\//.exec(text)?.[1] ?? '';
  const flags = listOf(head, 'flags');
  return {
    flags,
    includes: listOf(head, 'includes'),
    negative: /^negative:\s*\n(?:[ \t]+.*\n)*?[ \t]+type:\s*(\w+)/m.exec(head)?.[1],
    modes: modesOf(flags),
  };
};

/** A list in one line, or with a line for each. */
function listOf(/** @type {string} */ head, /** @type {string} */ name) {
  const inLine = new RegExp(`^${name}:\\s*\\[([^\\]]*)\\]`, 'm').exec(head);
  if (inLine !== null) return words(inLine[1], /,/);
  const below = new RegExp(`^${name}:[ \\t]*\\n((?:[ \\t]+-.*(?:\\n|$))+)`, 'm').exec(head);
  return words(below?.[1], /\n/).map((word) => word.replace(/^-\s*/, ''));
}

function words(/** @type {string | undefined} */ text, /** @type {RegExp} */ between) {
  return (text ?? '')
    .split(between)
    .map((word) => word.trim())
    .filter((word) => word !== '');
}

function modesOf(/** @type {string[]} */ flags) {
  if (flags.includes('module') || flags.includes('raw') || flags.includes('noStrict')) return [false];
  return flags.includes('onlyStrict') ? [true] : [false, true];
}
