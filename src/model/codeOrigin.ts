import type { WireFrame } from '../protocol/wire.js';

/** Code that is neither the user's nor a package's: Node itself, builtins, evaluated text, WebAssembly. */
export function isNodeInternal(file: string): boolean {
  return (
    file === '' ||
    file.startsWith('node:') ||
    file.startsWith('wasm:') ||
    file.startsWith('<') ||
    file === 'native' ||
    file.endsWith('.cdp')
  );
}

/** Code that came with a package. */
export function isDependency(file: string): boolean {
  return /[\\/]node_modules[\\/]/.test(file);
}

/** Code of the program: neither Node's nor that of a package. */
export function isOwn(file: string): boolean {
  return !isNodeInternal(file) && !isDependency(file);
}

/** The package that a file came with: `pg`, `@nestjs/core`. */
export function packageOf(file: string): string | undefined {
  return /.*[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)/.exec(file)?.[1]?.replace('\\', '/');
}

/** The frame to show for a stack: the first of the user's own code, else of a package; `-1` where there is neither. */
export function userFrameIndex(stack: readonly WireFrame[]): number {
  const own = stack.findIndex((frame) => isOwn(frame.url));
  return own >= 0 ? own : stack.findIndex((frame) => !isNodeInternal(frame.url));
}

/** The outermost frame of the user's own code: what the turn entered. */
export function outermostUserFrame(stack: readonly WireFrame[]): WireFrame | undefined {
  return stack.findLast((frame) => isOwn(frame.url));
}
