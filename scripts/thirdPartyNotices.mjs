import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The packages of which something is in a bundle, by name, with their licences.
 * @param {Record<string, unknown>} inputs files of esbuild's metafile
 * @param {string} project
 * @returns {{ name: string; version: string; license: string; text: string }[]}
 */
export function bundledPackages(inputs, project) {
  const folders = new Set(
    Object.keys(inputs).flatMap((file) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []),
  );
  return [...folders].sort().map((folder) => {
    const { name, version, license } = JSON.parse(
      readFileSync(join(project, folder, 'package.json'), 'utf8'),
    );
    const file = readdirSync(join(project, folder)).find((entry) => /^licen[cs]e(\.|$)/i.test(entry));
    if (file === undefined) throw new Error(`${folder} is bundled and has no licence that could go with it.`);
    return { name, version, license, text: readFileSync(join(project, folder, file), 'utf8').trim() };
  });
}

/**
 * What must go with the bundles: the licences of all that is in them.
 * @param {Record<string, unknown>} inputs
 * @param {string} project
 */
export function thirdPartyNotices(inputs, project) {
  const parts = bundledPackages(inputs, project).map(
    ({ name, version, license, text }) => `${name} ${version} (${license})\n\n${text}\n`,
  );
  return `Async Debugger for Node.js contains code of these packages.\n\n${parts.join(`\n${'-'.repeat(80)}\n\n`)}`;
}
