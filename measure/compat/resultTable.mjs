/**
 * The results as a Markdown table: a row for each program, a column for each Node version.
 *
 * @param {import('./run.mjs').Result[]} results
 * @param {(packageName: string) => string} versionOf
 * @returns {string}
 */
export function resultTable(results, versionOf) {
  const nodes = [...new Set(results.map(({ node }) => node))];
  const programs = [...new Set(results.map(({ program }) => program))];
  const rows = programs.map((program) => [
    program.name,
    program.package === undefined ? '' : `${program.package} ${versionOf(program.package)}`,
    program.what,
    ['output, exit', program.checks].filter((each) => each !== '').join(', '),
    ...nodes.map((node) => verdict(results.filter((each) => each.program === program && each.node === node))),
  ]);
  const head = ['name', 'package', 'program', 'compared', ...nodes.map((node) => `Node ${node}`)];
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function verdict(results) {
  const failed = results.filter(({ problems }) => problems.length > 0).map(({ way }) => way);
  return failed.length === 0 ? 'same' : `differs (${failed.join(', ')})`;
}
