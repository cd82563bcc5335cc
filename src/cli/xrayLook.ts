import { createInterface } from 'node:readline/promises';
import { UserError } from '../base/userError.js';
import { CdpError } from '../cdp/cdpError.js';
import { CdpClient } from '../cdp/client.js';
import { formatCount } from '../model/numbers.js';
import type { ProcessSnapshot } from '../protocol/snapshot.js';
import { SourceLocations } from '../session/sourceLocations.js';
import { systemClock } from '../session/systemClock.js';
import type { XrayProgress } from '../xray/deepXray.js';
import { ASK_ABOVE_OBJECTS, type ExpectedCost, expectedText } from '../xray/expectedCost.js';
import { type DeepLook, lookDeep, lookLightly, type Looking } from '../xray/lookThrough.js';
import type { XrayIdentity } from '../xray/xraySnapshot.js';
import type { Target } from './arguments.js';
import { connectTarget } from './connectTarget.js';
import type { CliEnvironment } from './command.js';

export interface LookOptions {
  target: Target;
  /** The cost is accepted, whatever it is. */
  yes: boolean;
  locals?: boolean;
}

/** Looks into the heap of a running program, and tells meanwhile what it does. Rejects with a UserError. */
export function deepLook(options: LookOptions, environment: CliEnvironment): Promise<DeepLook> {
  return look(options.target, environment, async (looking, progress) => {
    const found = await lookDeep(looking, {
      confirm: (cost) => confirm(cost, options.yes, environment),
      onProgress: (now) => progress.show(progressText(now)),
      locals: options.locals === true ? MAX_LOCALS : 0,
    });
    if (!found) throw new UserError('Nothing was read.');
    return found;
  });
}

/** Asks a running program who awaits whom, without a snapshot of its heap. Rejects with a UserError. */
export function lightLook(target: Target, environment: CliEnvironment): Promise<ProcessSnapshot> {
  return look(target, environment, (looking, progress) =>
    lookLightly(looking, (share) =>
      progress.show(`Asking who awaits its promises: ${Math.floor(100 * share)} %…`),
    ),
  );
}

/** With a connection that is closed at the end, also when Ctrl+C is pressed: the program forgets with it what it was asked. */
async function look<T>(
  target: Target,
  environment: CliEnvironment,
  use: (looking: Looking, progress: ProgressLine) => Promise<T>,
): Promise<T> {
  const { transport, ...named } = await connectTarget(target);
  const client = new CdpClient(transport, environment.logger, { connection: 'direct' });
  const sites = new SourceLocations(environment.logger);
  const progress = new ProgressLine();
  const interrupted = { is: false };
  const stop = (): void => {
    interrupted.is = true;
    client.dispose();
  };
  process.once('SIGINT', stop);
  client.on('NodeRuntime.waitingForDisconnect', () => client.dispose());
  void client.send('NodeRuntime.notifyWhenWaitingForDisconnect', { enabled: true }).catch(() => {
    // its end then waits until this ends
  });
  const identity = (): XrayIdentity => ({
    ...named,
    takenAt: systemClock.isoNow(),
    timeOfDay: new Date().toTimeString().slice(0, 8),
  });
  try {
    return await use({ client, clock: systemClock, sites, identity }, progress);
  } catch (error) {
    if (interrupted.is) throw new UserError('Interrupted: nothing is left in the program.');
    throw error instanceof CdpError ? new UserError(failureText(error)) : error;
  } finally {
    progress.end();
    process.off('SIGINT', stop);
    client.dispose();
    sites.dispose();
  }
}

function failureText({ method, reason }: CdpError): string {
  return reason.startsWith('no answer')
    ? `The program gave ${reason} (${method}): native code holds it, or its heap is very large. Nothing is left in it.`
    : `The look was broken off: ${reason} (${method}). Nothing is left in the program.`;
}

async function confirm(cost: ExpectedCost, yes: boolean, environment: CliEnvironment): Promise<boolean> {
  if (cost.objects < ASK_ABOVE_OBJECTS || yes) return true;
  const text = `It has ${expectedText(cost)}.`;
  if (!process.stdin.isTTY) throw new UserError(`${text} Give --yes to go on.`);
  environment.say(text);
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await asking.question('Go on? [y/N] ');
  asking.close();
  return /^y(es)?$/i.test(answer.trim());
}

/** One line of a terminal that says what is being done. */
class ProgressLine {
  private shown = '';

  show(text: string): void {
    if (!process.stderr.isTTY || text === this.shown) return;
    this.shown = text;
    process.stderr.write(`\r\x1b[K${text}`);
  }

  end(): void {
    if (this.shown !== '') process.stderr.write('\r\x1b[K');
    this.shown = '';
  }
}

function progressText(progress: XrayProgress): string {
  switch (progress.step) {
    case 'asking':
      return 'Asking the program…';
    case 'collecting':
      return 'Collecting its promises, timers and handles…';
    case 'snapshot': {
      const { done, total, read } = progress.snapshot;
      if (total !== undefined && done !== undefined && total > 0 && read === 0)
        return `Its heap: ${Math.min(99, Math.floor((100 * done) / total))} %…`;
      return `Reading its heap: ${formatCount(Math.floor(read / 1_000_000))} MB…`;
    }
    case 'linking':
      return 'Looking who awaits whom…';
    case 'places':
      return 'Asking where they wait…';
    case 'variables':
      return 'Reading variables…';
  }
}

const MAX_LOCALS = 20;
