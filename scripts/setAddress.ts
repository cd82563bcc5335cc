// npm run set-address -- https://github.com/OWNER/NAME: puts the address of the project where its placeholder stands.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from './cacheFolder.js';

/** Files that hold the address, of those that are there. */
export const ADDRESS_FILES = [
  'package.json',
  'README.md',
  'README.zh-cn.md',
  'CONTRIBUTING.md',
  '.github/workflows/publish.yml',
  '.github/ISSUE_TEMPLATE/config.yml',
].filter((file) => existsSync(join(PROJECT, file)));

/** The one place: all others are held against it by a test. */
export function projectAddress(): string {
  const { repository } = JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8')) as {
    repository: { url: string };
  };
  return repository.url.replace(/\.git$/, '');
}

function main([address = '']: string[]): void {
  if (!/^https:\/\/(?:github|gitlab)\.com\/[\w.-]+\/[\w.-]+$/.test(address))
    throw new Error('Usage: npm run set-address -- https://github.com/OWNER/NAME');
  const before = projectAddress();
  for (const file of ADDRESS_FILES) {
    const path = join(PROJECT, file);
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll(before, address));
  }
}

if (require.main === module) main(process.argv.slice(2));
