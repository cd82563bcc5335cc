import { parseEnv } from 'node:util';
import { OFF_VARIABLE } from '../protocol/wire.js';

/** The agent by the name that its bundle gives itself: as Node's own code, which most people skip anyway. */
const SKIPPED_AGENT = '<node_internals>/internal/nodejs.asyncDebugger';

/** The parts of a js-debug launch configuration that are touched. */
export interface LaunchConfiguration {
  request?: string;
  env?: Record<string, string | null | undefined>;
  envFile?: string | string[];
  skipFiles?: string[];
  /** Of the JavaScript debugger; absent: as `true`. */
  showAsyncStacks?: unknown;
  /** `false`: this program is left alone. */
  asyncDebugger?: unknown;
  /** Set on the child session of a launch: its process has inherited everything already. */
  __pendingTargetId?: unknown;
}

/**
 * The configuration, changed so that the program and all it starts load the agent before their own code; itself
 * where nothing is to be done. `envFileNodeOptions` is what the configuration's environment files say, which `env`
 * would replace; what VS Code itself has inherited is added by js-debug in any case. `agentEnv` is what the agent is to
 * know before anybody can tell it.
 */
export function withAgent<T extends LaunchConfiguration>(
  config: T,
  agentPath: string,
  envFileNodeOptions = '',
  agentEnv: Readonly<Record<string, string>> = {},
  platform: NodeJS.Platform = process.platform,
): T {
  if (
    config.request === 'attach' ||
    config.asyncDebugger === false ||
    config.__pendingTargetId !== undefined
  ) {
    return config;
  }
  const name = nameIn(config.env ?? {}, platform);
  const own = config.env?.[name];
  const users = own === null ? '' : (own ?? envFileNodeOptions);
  return {
    ...config,
    env: { ...config.env, ...agentEnv, [name]: withRequire(users, agentPath) },
    skipFiles: withSkipped(config.skipFiles ?? []),
  };
}

/** How the configuration writes NODE_OPTIONS: on Windows the case of such names does not matter. */
function nameIn(env: object, platform: NodeJS.Platform): string {
  const names = Object.keys(env);
  const written = platform === 'win32' ? names.find((name) => name.toUpperCase() === NAME) : undefined;
  return written ?? NAME;
}

const NAME = 'NODE_OPTIONS';

/** The configuration of a terminal whose programs are to be left alone, though its options are asked for later. */
export function withoutAgent<T extends LaunchConfiguration>(config: T): T {
  return { ...config, env: { ...config.env, [OFF_VARIABLE]: '1' } };
}

/** NODE_OPTIONS with `--require` of the file in front: once, and before what the user requires. */
export function withRequire(nodeOptions: string, file: string): string {
  const option = requireOption(file);
  if (nodeOptions.includes(option)) return nodeOptions;
  return nodeOptions.trim() === '' ? option : `${option} ${nodeOptions}`;
}

/** What the loader that programs require loads in its turn, where it can run. */
export function bodyOf(file: string): string {
  return file.replace(/\.js$/, '.body.js');
}

/** The word of NODE_OPTIONS that has the file loaded. */
export function requireOption(file: string): string {
  return `--require ${quoted(file)}`;
}

/** NODE_OPTIONS of the configuration's environment files, the last one first; empty where none has it. */
export function envFileNodeOptions(
  config: LaunchConfiguration,
  readFile: (path: string) => string | undefined,
): string {
  const { envFile } = config;
  const files = envFile === undefined ? [] : Array.isArray(envFile) ? envFile : [envFile];
  for (const file of [...files].reverse()) {
    const text = (readFile(file) ?? '').replace(/^\uFEFF/, '');
    const value = parseEnv(text)['NODE_OPTIONS'];
    if (value !== undefined) return value;
  }
  return '';
}

/** In NODE_OPTIONS a space ends a word, double quotes hold words together and a backslash escapes inside them. */
function quoted(file: string): string {
  return `"${file.replace(/[\\"]/g, '\\$&')}"`;
}

function withSkipped(skipFiles: string[]): string[] {
  return skipFiles.includes(SKIPPED_AGENT) ? skipFiles : [...skipFiles, SKIPPED_AGENT];
}
