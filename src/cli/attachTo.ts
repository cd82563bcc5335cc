import { readFileSync } from 'node:fs';
import type { Logger } from '../base/logger.js';
import type { AgentSettings } from '../protocol/wire.js';
import { bodyOf } from '../session/injection.js';
import { systemClock } from '../session/systemClock.js';
import { DEFAULT_THRESHOLD_MS, type Target } from './arguments.js';
import { connectTarget } from './connectTarget.js';
import { InspectedProgram } from './inspectedProgram.js';

/** Connects to a program that is running; it is asked nothing yet. Rejects with a UserError. */
export async function attachTo(
  target: Target,
  environment: { agentPath: string; version: string; logger: Logger },
  settings: Partial<AgentSettings> = {},
): Promise<InspectedProgram> {
  const { transport, ...identity } = await connectTarget(target);
  return new InspectedProgram(
    transport,
    {
      ...identity,
      settings: { thresholdMs: DEFAULT_THRESHOLD_MS, siteBudget: SITE_BUDGET, ...settings },
      agentVersion: environment.version,
      inject: readFileSync(bodyOf(environment.agentPath), 'utf8'),
    },
    systemClock,
    environment.logger,
  );
}

const SITE_BUDGET = 0.1;
