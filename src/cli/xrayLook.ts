import { createInterface } from 'node:readline/promises';
import { UserError } from '../base/userError.js';
import { CdpClient } from '../cdp/client.js';
import { formatCount } from '../model/numbers.js';
import { SourceLocations } from '../session/sourceLocations.js';
import { systemClock } from '../session/systemClock.js';
import { type DeepXray, deepXray, type XrayProgress } from '../xray/deepXray.js';
import { ASK_ABOVE_OBJECTS, type ExpectedCost, expectedText } from '../xray/expectedCost.js';
import { XraySnapshot } from '../xray/xraySnapshot.js';
import type { Target } from './arguments.js';
import { connectTarget } from './connectTarget.js';
import type { ShowEnvironment } from './show.js';

export interface LookOptions {
  target: Target;
  /** The cost is accepted, whatever it is. */
  yes: boolean;
  locals?: boolean;
}

export interface Look {
  xray: DeepXray;
  snapshot: XraySnapshot;
}

/** Looks into the heap of a running program, and tells meanwhile what it does. Rejects with a UserError. */
export async function lookDeep(options: LookOptions, environment: ShowEnvironment): Promise<Look> {
  const { transport, ...identity } = await connectTarget(options.target);
  const client = new CdpClient(transport, environment.logger, { connection: 'direct' });
  const interrupted = { is: false };
  const stop = (): void => {
    interrupted.is = true;
    client.dispose(); // the program forgets with the connection what we have asked it for
  };
  process.once('SIGINT', stop);
  client.on('NodeRuntime.waitingForDisconnect', () => client.dispose());
  void client.send('NodeRuntime.notifyWhenWaitingForDisconnect', { enabled: true }).catch(() => {
    // of an old version: then its end waits until this ends
  });
  const locations = new SourceLocations(environment.logger);
  const progress = new ProgressLine();
  try {
    const xray = await deepXray(client, systemClock, {
      confirm: (cost) => confirm(cost, options.yes, environment),
      onProgress: (now) => progress.show(now),
      locals: options.locals === true ? MAX_LOCALS : 0,
    });
    if (!xray) throw new UserError('Nothing was read.');
    const moment = { takenAt: systemClock.isoNow(), timeOfDay: new Date().toTimeString().slice(0, 8) };
    const snapshot = new XraySnapshot(xray, identity, moment, locations);
    snapshot.process(); // asks for the places, and so begins to load the maps
    await locations.whenLoaded();
    return { xray, snapshot };
  } catch (error) {
    throw interrupted.is ? new UserError('Interrupted: nothing is left in the program.') : error;
  } finally {
    progress.end();
    process.off('SIGINT', stop);
    client.dispose();
  }
}

async function confirm(cost: ExpectedCost, yes: boolean, environment: ShowEnvironment): Promise<boolean> {
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

  show(progress: XrayProgress): void {
    if (!process.stderr.isTTY) return;
    const text = progressText(progress);
    if (text === this.shown) return;
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
