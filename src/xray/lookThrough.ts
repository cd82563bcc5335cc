import type { Clock } from '../base/clock.js';
import type { Logger } from '../base/logger.js';
import { UserError } from '../base/userError.js';
import { t } from '../base/texts.js';
import { CdpError } from '../cdp/cdpError.js';
import { CdpClient } from '../cdp/client.js';
import { connectWebSocket } from '../cdp/webSocketTransport.js';
import type { SiteResolver } from '../model/siteResolver.js';
import type { ProcessSnapshot } from '../protocol/snapshot.js';
import { type DeepXray, deepXray, type DeepXrayOptions } from './deepXray.js';
import { lightXray } from './lightXray.js';
import { SettlerTexts } from './settlers/settlerTexts.js';
import { deepSnapshot, lightSnapshot, type XrayIdentity, type XraySnapshot } from './xraySnapshot.js';

/** Tells places in the original sources, and when all that was asked for is there. */
export interface LoadedSites extends SiteResolver {
  whenLoaded(): Promise<void>;
}

export interface LookTools {
  clock: Clock;
  logger: Logger;
  sites: LoadedSites;
  /** Called with what breaks the look off and leaves nothing in the program. */
  onStarted: (cancel: () => void) => void;
}

/** With what a look is made over a connection, and as what it is shown. */
export interface Looking extends Pick<LookTools, 'clock' | 'sites'> {
  client: CdpClient;
  /** Asked for when everything is read. */
  identity: () => XrayIdentity;
}

export interface DeepLook {
  xray: DeepXray;
  texts: SettlerTexts;
  process: ProcessSnapshot;
}

/** Looks into the heap of a program. `undefined`: that was not wanted. */
export async function lookDeep(
  { client, clock, sites, identity }: Looking,
  options: DeepXrayOptions,
): Promise<DeepLook | undefined> {
  const xray = await deepXray(client, clock, options);
  if (!xray) return undefined;
  const texts = new SettlerTexts(xray, sites);
  return {
    xray,
    texts,
    process: await inOriginalPlaces(deepSnapshot(xray, texts, identity(), sites), sites),
  };
}

/** Asks a program who awaits whom, without a snapshot of its heap. */
export async function lookLightly(
  { client, sites, identity }: Looking,
  onProgress: (share: number) => void,
): Promise<ProcessSnapshot> {
  const xray = await lightXray(client, onProgress);
  return inOriginalPlaces(lightSnapshot(xray, identity(), sites), sites);
}

/** A deep look over a connection of its own to an inspector. `undefined`: it was not wanted. Rejects with a UserError. */
export function deepLook(
  url: string,
  identity: XrayIdentity,
  options: DeepXrayOptions,
  tools: LookTools,
): Promise<DeepLook | undefined> {
  return connected(url, tools, (client) => lookDeep({ ...tools, client, identity: () => identity }, options));
}

/** The same without a snapshot of the heap. Rejects with a UserError. */
export function lightLook(url: string, identity: XrayIdentity, tools: LookTools): Promise<ProcessSnapshot> {
  return connected(url, tools, (client) =>
    lookLightly({ ...tools, client, identity: () => identity }, () => {}),
  );
}

async function connected<T>(
  url: string,
  { logger, onStarted }: LookTools,
  use: (client: CdpClient) => Promise<T>,
): Promise<T> {
  const client = new CdpClient(await connectWebSocket(url, CONNECT_LIMIT_MS), logger, {
    connection: 'direct',
  });
  onStarted(() => client.dispose());
  try {
    return await use(client);
  } catch (error) {
    if (!(error instanceof CdpError)) throw error;
    throw new UserError(t('The look was broken off: {0}. Nothing is left in the program.', error.message));
  } finally {
    client.dispose();
  }
}

async function inOriginalPlaces(snapshot: XraySnapshot, sites: LoadedSites): Promise<ProcessSnapshot> {
  snapshot.process(); // asks for the places, and so begins to load the maps
  await sites.whenLoaded();
  return snapshot.process();
}

const CONNECT_LIMIT_MS = 5_000;
