import type { PathRoots } from '../../session/remotePaths.js';

/** What this extension reads from a launch configuration of the JavaScript debugger. */
interface LaunchConfiguration {
  readonly type: string;
  readonly [attribute: string]: unknown;
}

/** Attribute of a launch configuration: `false` keeps the program as it is. */
export const OPT_OUT_ATTRIBUTE = 'asyncDebugger';

export function asksToBeLeftAlone(configuration: LaunchConfiguration): boolean {
  return configuration[OPT_OUT_ATTRIBUTE] === false;
}

/** Patterns of the files that the debugger is not to stop in; empty where there are none. */
export function skipFilesOf({ skipFiles }: LaunchConfiguration): readonly string[] {
  return Array.isArray(skipFiles)
    ? skipFiles.filter((pattern): pattern is string => typeof pattern === 'string')
    : [];
}

/** The JavaScript debugger starts one such session for each process and worker, under the one that the user started. */
export function isChildOfDebugger(configuration: LaunchConfiguration): boolean {
  return configuration['__pendingTargetId'] !== undefined;
}

export function isNode(type: string): boolean {
  return type === 'pwa-node' || type === 'node-terminal' || type === 'node';
}

/** Why the sessions of this type cannot be shown; `undefined` for what is none of our business. */
export function unsupportedProgram(type: string): 'browser' | 'extensionHost' | undefined {
  switch (type.replace(/^pwa-/, '')) {
    case 'chrome':
    case 'msedge':
    case 'editor-browser':
      return 'browser';
    case 'extensionHost':
      return 'extensionHost';
    default:
      return undefined;
  }
}

/** Where a program that was attached to has its files, and where they are here, by the nearest configuration that says so. */
export function rootsOf(sessions: readonly { readonly configuration: object }[]): PathRoots | undefined {
  for (const { configuration } of sessions) {
    const { localRoot, remoteRoot } = configuration as { localRoot?: unknown; remoteRoot?: unknown };
    if (
      typeof localRoot === 'string' &&
      typeof remoteRoot === 'string' &&
      localRoot !== '' &&
      remoteRoot !== ''
    )
      return { local: localRoot, remote: remoteRoot };
  }
  return undefined;
}
