// npm run attack              what a program can do to us, on all versions of Node
// npm run attack -- --quick   without programs
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installNode, NODE_VERSIONS, nodeBinary } from '../nodeVersions.js';
import { type Attack, damage } from './attack.js';
import { files } from './files.js';
import { messages } from './messages.js';
import { programs } from './programs.js';
import { texts } from './texts.js';

const LIMIT_MS = 5_000;
const PROGRAM_LIMIT_MS = 30_000;
const MEMORY_MB = 300;

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'attack-'));
  const idleMb = process.memoryUsage.rss() / 2 ** 20;
  let count = 0;
  let hurt = 0;
  const attackWith = async (attacks: readonly Attack[], limitMs: number): Promise<void> => {
    for (const attack of attacks) {
      const found = await damage(attack, limitMs);
      count++;
      if (found === undefined) continue;
      hurt++;
      process.stdout.write(`✗ ${attack.name}: ${JSON.stringify(found)}\n`);
    }
  };
  try {
    await attackWith([...texts, ...files(folder), ...messages], LIMIT_MS);
    const memoryMb = process.resourceUsage().maxRSS / 1024 - idleMb;
    if (!process.argv.includes('--quick')) {
      for (const version of NODE_VERSIONS) {
        await installNode(version);
        const own = mkdtempSync(join(folder, 'node-'));
        await attackWith(programs(own, version, nodeBinary(version)), PROGRAM_LIMIT_MS);
      }
    }
    process.stdout.write(`${count} attacks, ${hurt} hurt; memory grew by ${Math.round(memoryMb)} MB\n`);
    process.exitCode = hurt > 0 || memoryMb > MEMORY_MB ? 1 : 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

void main();
