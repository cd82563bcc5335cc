import { spawn } from 'node:child_process';
import { realpathSync } from 'node:fs';
import path from 'node:path';
import { silentLogger } from '../../src/base/logger.js';
import { CdpClient } from '../../src/cdp/client.js';
import { connectWebSocket } from '../../src/cdp/webSocketTransport.js';
import { taskRows, treeText } from '../../src/model/presenter/index.js';
import type { ProcessSnapshot } from '../../src/protocol/snapshot.js';
import { SourceLocations } from '../../src/session/sourceLocations.js';
import { systemClock } from '../../src/session/systemClock.js';
import { type DeepXray, deepXray } from '../../src/xray/deepXray.js';
import { SettlerTexts } from '../../src/xray/settlers/settlerTexts.js';
import { deepSnapshot } from '../../src/xray/xraySnapshot.js';
import type { NodeUnderTest } from '../../test/support/nodeVersions.js';

/** What a look into a program has told. */
export interface ZooXray {
  xray: DeepXray;
  texts: SettlerTexts;
  process: ProcessSnapshot;
}

/** Runs a program until it says that its moment has come, and looks into it. The program knows nothing of us. */
export async function xrayProgram<T>(
  node: NodeUnderTest,
  program: string,
  use: (found: ZooXray) => T,
  preload = path.resolve('scripts/xray/zooProgram.cjs'),
): Promise<T> {
  const child = spawn(node.path, ['--no-warnings', '--inspect=127.0.0.1:0', '-r', preload, program], {
    cwd: path.dirname(program),
    env: { ...process.env, NODE_OPTIONS: undefined },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  try {
    const url = await new Promise<string>((resolve, reject) => {
      let said = '';
      let address: string | undefined;
      let isReady = false;
      const look = (): void => {
        address ??= /ws:\/\/\S+/.exec(said)?.[0];
        if (isReady && address !== undefined) resolve(address);
      };
      child.stderr.on('data', (data: Buffer) => {
        said += data.toString();
        look();
      });
      child.stdout.on('data', (data: Buffer) => {
        isReady ||= data.toString().includes('\u0001ready');
        look();
      });
      child.once('exit', () => reject(new Error(`${program} ended before its moment came: ${said}`)));
    });
    const client = new CdpClient(await connectWebSocket(url, 5_000), silentLogger, { connection: 'direct' });
    const locations = new SourceLocations(silentLogger);
    try {
      const xray = await deepXray(client, systemClock, {
        confirm: () => Promise.resolve(true),
        onProgress: () => {},
      });
      if (!xray) throw new Error('it was not wanted');
      const name = path.basename(program);
      const identity = { session: 'zoo', name, isUnnamed: false, takenAt: '', timeOfDay: '' };
      const texts = new SettlerTexts(xray, locations);
      const snapshot = deepSnapshot(xray, texts, identity, locations);
      snapshot.process();
      await locations.whenLoaded();
      return use({ xray, texts, process: snapshot.process() });
    } finally {
      client.dispose();
      locations.dispose();
    }
  } finally {
    child.kill('SIGKILL');
  }
}

/** The tree as the golden files have it: without ages, with the timers' own lengths. */
export function zooTree(node: NodeUnderTest, program: string, process: ProcessSnapshot): string {
  const rows = taskRows(
    { version: 1, takenAt: '', processes: [process] },
    { grouping: 'awaits', filter: '', internals: false, maxRows: 20 },
  );
  const folder = realpathSync(path.dirname(program));
  return treeText(rows[0]?.children ?? [])
    .replaceAll(realpathSync(node.path), 'node')
    .replaceAll(`${folder}${path.sep}`, '')
    .split('\n')
    .filter((line) => !/setInterval 2,147,483,647 ms/.test(line))
    .join('\n')
    .replace(/\b(\d[\d,]*)(00) ms/g, (text, ms: string) =>
      Number(text.replace(/\D/g, '')) >= 20_000
        ? `${ms.replace(/,/g, '').replace(/\B(?=(\d{3})+$)/g, ',')} ms`
        : text,
    )
    .replace(/( {2}| · )\d[\d,.]* (ms|s|min \d+ s|min)( left)(?= {2}|\n|$)/g, '')
    .replace(/( {2}| · )due(?= {2}|\n|$)/g, '')
    .replace(/127\.0\.0\.1:\d+/g, '127.0.0.1:<port>')
    .replace(/\bpid \d+/g, 'pid <pid>');
}
