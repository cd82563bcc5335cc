import { t } from '../base/texts.js';
import { relative } from 'node:path';
import { plainJson } from '../model/plainJson.js';
import { plainText } from '../model/plainText.js';
import type { Site } from '../protocol/snapshot.js';
import { StuckReport } from '../xray/stuck/stuckReport.js';
import type { Target } from './arguments.js';
import type { CliEnvironment } from './command.js';
import { deepLook } from './xrayLook.js';

export interface WhyStuckAsked {
  /** The cost is accepted, whatever it is. */
  yes: boolean;
  json: boolean;
  target: Target;
}

/** Prints in at most ten lines what a running program is stuck on. Rejects with a UserError. */
export async function whyStuck(asked: WhyStuckAsked, environment: CliEnvironment): Promise<void> {
  const { xray, texts } = await deepLook(asked, environment);
  const lines = new StuckReport(xray, texts).lines();
  if (asked.json) {
    environment.print(plainJson(lines, 2));
    return;
  }
  if (lines.length === 0)
    environment.print(
      t('No suspended function is there that waits: those that nothing refers to any more were collected.'),
    );
  for (const { text, site } of lines) environment.print(site ? `${siteText(site)}  ${text}` : text);
}

/** As terminals open it: below the current folder by its relative path. */
function siteText({ file, line, column }: Site): string {
  const path = relative(process.cwd(), file);
  return plainText(`${path.startsWith('..') || path === '' ? file : path}:${line}:${column}`, MAX_PATH);
}

const MAX_PATH = 500;
