import { isAbsolute } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as vscode from 'vscode';
import type { Clock } from '../../base/clock.js';
import type { Logger } from '../../base/logger.js';
import { UserError } from '../../base/userError.js';
import { t } from '../../base/texts.js';
import type { CpuProfile } from '../../model/blocking/cpuProfile.js';
import type { Snapshot } from '../../protocol/snapshot.js';
import { findWarning, type WarningReference } from './warningReference.js';

/** Older ones are deleted. */
const MAX_FILES = 20;

/** Where profiles come from. */
export interface ProfileSource {
  profile(session: string, warning: string, episode?: number): CpuProfile | undefined;
}

/** Writes profiles of blocks as files, which VS Code shows in its own viewer. */
export class BlockProfiles {
  constructor(
    private readonly source: ProfileSource,
    private readonly folder: vscode.Uri,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /** Throws a `UserError` where nothing was seen inside the block. */
  async show(reference: WarningReference, snapshot: Snapshot): Promise<void> {
    const { warning } = findWarning(reference, snapshot);
    const profile = this.source.profile(reference.session, warning.id, reference.episode);
    if (profile === undefined) {
      throw new UserError(
        t('Nothing is known of what ran inside this block. The latest blocks of a place have profiles.'),
      );
    }
    const file = vscode.Uri.joinPath(this.folder, this.fileName(warning.site?.function));
    await vscode.workspace.fs.createDirectory(this.folder);
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(JSON.stringify(withUrls(profile))));
    await this.tidy();
    await vscode.commands.executeCommand('vscode.open', file);
  }

  /** In the order of time by name. */
  private fileName(functionName: string | undefined): string {
    const time = this.clock.isoNow().slice(0, 23).replace(/[:T.]/g, '-');
    const name = (functionName ?? '').replace(/[^\w$]+/g, '-').slice(0, 60);
    return `${time}-${name === '' ? 'block' : name}.cpuprofile`;
  }

  private async tidy(): Promise<void> {
    try {
      const names = (await vscode.workspace.fs.readDirectory(this.folder)).map(([name]) => name);
      const profiles = names.filter((name) => name.endsWith('.cpuprofile')).sort();
      for (const name of profiles.slice(0, -MAX_FILES))
        await vscode.workspace.fs.delete(vscode.Uri.joinPath(this.folder, name));
    } catch (error) {
      this.logger.warn(`Old profiles were not deleted: ${String(error)}`);
    }
  }
}

/** The viewer opens files by their URLs. */
function withUrls(profile: CpuProfile): CpuProfile {
  const nodes = profile.nodes.map((node) => {
    const { url } = node.callFrame;
    return isAbsolute(url)
      ? { ...node, callFrame: { ...node.callFrame, url: pathToFileURL(url).href } }
      : node;
  });
  return { ...profile, nodes };
}
