import type { LaunchConfiguration } from './injection.js';

/** Whether the JavaScript debugger asks V8 for async stacks, where the launch configuration does not say. */
export type AsyncStacks = 'asConfigured' | 'onceBreakpoint' | 'off';

/** As many async callers as the JavaScript debugger shows by itself. */
const ONCE_BREAKPOINT = { onceBreakpointResolved: 32 };

/**
 * The configuration with the async stacks that are wanted; itself where nothing is to be done. The JavaScript debugger
 * has put its own default into it by the time that this is asked, so that only launch.json tells what the user wrote.
 */
export function withAsyncStacks<T extends LaunchConfiguration>(
  config: T,
  wanted: AsyncStacks,
  isWritten: boolean,
): T {
  if (wanted === 'asConfigured' || isWritten || config.asyncDebugger === false) return config;
  // a child session shares the stacks of the one above it
  if (config.__pendingTargetId !== undefined) return config;
  if (!isDefault(config)) return config;
  if (wanted === 'off') return { ...config, showAsyncStacks: false };
  return areOnFromStart(config) ? { ...config, showAsyncStacks: ONCE_BREAKPOINT } : config;
}

/** V8 records async stacks from the start of the program on, whether or not there is a breakpoint. */
export function areOnFromStart({ showAsyncStacks }: LaunchConfiguration): boolean {
  if (typeof showAsyncStacks === 'boolean') return showAsyncStacks;
  if (typeof showAsyncStacks !== 'object' || showAsyncStacks === null) return true;
  const { onAttach } = showAsyncStacks as { onAttach?: unknown };
  return onAttach === undefined ? !('onceBreakpointResolved' in showAsyncStacks) : onAttach !== 0;
}

/** One of these launch configurations of the same name says itself which async stacks it wants. */
export function saysAsyncStacks(configurations: unknown, name: string): boolean {
  if (!Array.isArray(configurations)) return false;
  return configurations.some((written: unknown) => {
    if (!isObject(written) || written['name'] !== name) return false;
    return [written, ...PLATFORMS.map((platform) => written[platform])].some(
      (part) => isObject(part) && 'showAsyncStacks' in part,
    );
  });
}

/** What launch.json may say for one system alone. */
const PLATFORMS = ['linux', 'osx', 'windows'];

/** What the JavaScript debugger puts in, of programs and of terminals. */
function isDefault({ showAsyncStacks }: LaunchConfiguration): boolean {
  if (showAsyncStacks === undefined || showAsyncStacks === true) return true;
  return isObject(showAsyncStacks) && showAsyncStacks['onceBreakpointResolved'] === 16;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
