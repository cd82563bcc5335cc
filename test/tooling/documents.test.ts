import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, normalize } from 'node:path';
import { PROJECT } from '../../scripts/cacheFolder.js';

const DOCUMENTS = [
  'README.md',
  'CONTRIBUTING.md',
  ...namesBelow('docs')
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
];

describe('Documents', () => {
  it('link to what is there', () => {
    const broken = DOCUMENTS.flatMap((document) =>
      linksOf(textOf(document)).flatMap((link) => (isThere(document, link) ? [] : `${document}: ${link}`)),
    );
    assert.deepEqual(broken, []);
  });

  it('name files of the source that are there', () => {
    const files = ['src', 'scripts', 'measure', 'test'].flatMap((folder) =>
      namesBelow(folder).map((name) => `${folder}/${name.replaceAll('\\', '/')}`),
    );
    const names = new Set(files.map((file) => basename(file)));
    const missing = DOCUMENTS.flatMap((document) =>
      [...textOf(document).matchAll(/`([\w./-]+\.ts)`/g)].flatMap(([, name = '']) => {
        const isKnown = name.includes('/')
          ? files.some((file) => `/${file}`.endsWith(`/${name}`))
          : names.has(name);
        return isKnown ? [] : `${document}: ${name}`;
      }),
    );
    assert.deepEqual(missing, []);
  });

  it('keep the map short', () => {
    const words = textOf(join('docs', 'ARCHITECTURE.md')).split(/\s+/).length;
    assert.ok(words <= 1_500, `${words} words`);
  });
});

function namesBelow(folder: string): string[] {
  return readdirSync(join(PROJECT, folder), { recursive: true, encoding: 'utf8' });
}

function textOf(document: string): string {
  return readFileSync(join(PROJECT, document), 'utf8');
}

/** Links without those that lead out of the project. */
function linksOf(text: string): string[] {
  const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
  return links.filter((link) => !/^[a-z]+:/.test(link));
}

function isThere(document: string, link: string): boolean {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? document : normalize(join(dirname(document), path));
  if (!existsSync(join(PROJECT, target))) return false;
  if (anchor === undefined || !target.endsWith('.md')) return true;
  return [...textOf(target).matchAll(/^#+ (.*)$/gm)].some(([, heading = '']) => anchorOf(heading) === anchor);
}

/** As GitHub makes it. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_\- ]/gu, '')
    .replaceAll(' ', '-');
}
