import type { WireFrame } from '../../protocol/wire.js';
import { type Above, captureStack } from '../stacks/capture.js';
import { isAsyncFrame, scriptName } from '../stacks/sites.js';

/** Modules that require each other lie deep, with five frames of Node's loader between each two. */
const MAX_CAPTURED = 500;
const MAX_FRAMES = 50;
const MAX_OWN_BELOW = 10;
/** Node's, and that of Jest, which evaluates modules by itself. */
const LOADER = /^node:internal\/modules\/|[\\/]node_modules[\\/]jest-runtime[\\/]/;
const DEPENDENCY = /[\\/]node_modules[\\/]/;
const MAX_TEXT = 1_000;
/** A stack can be taken in the middle of a hook. */
const OWN_FILE = typeof __filename === 'string' ? __filename : undefined;

/** The stack of what runs now, top first, without the evaluated script that asks for it and the agent itself. */
export function blockedStack(above: Above): WireFrame[] {
  const frames: WireFrame[] = [];
  let outermost: WireFrame | undefined;
  let wasLoader = false;
  for (const callSite of captureStack(above, MAX_CAPTURED)) {
    if (isAsyncFrame(callSite)) break;
    const url = scriptName(callSite) ?? '';
    if (url.endsWith('.cdp') || url === OWN_FILE) continue;
    const isLoader = LOADER.test(url);
    // one frame stands for all of the loader's; of a stack that is too deep the program's own code comes first
    if (isLoader && wasLoader) continue;
    wasLoader = isLoader;
    const frame: WireFrame = {
      url: url.slice(0, MAX_TEXT),
      line: callSite.getLineNumber() ?? 0,
      column: callSite.getColumnNumber() ?? 0,
      function: (callSite.getFunctionName() ?? '').slice(0, MAX_TEXT),
    };
    if (frames.length === 0) {
      if (url === '' && frame.function === '') continue; // the question itself
      if (url !== '' && wasEntered(callSite, frame)) frame.entered = true;
    }
    const isForeign = url.startsWith('node:') || DEPENDENCY.test(url);
    if (frames.length < (isForeign ? MAX_FRAMES : MAX_FRAMES + MAX_OWN_BELOW)) frames.push(frame);
    outermost = frame;
  }
  // who began it all
  if (outermost && outermost !== frames.at(-1)) frames.push(outermost);
  return frames;
}

interface EnclosedCallSite extends NodeJS.CallSite {
  getEnclosingLineNumber(): number;
  getEnclosingColumnNumber(): number;
}

/** V8 stops for a question at a function's opening parenthesis, or at the end of a loop's round. */
function wasEntered(callSite: NodeJS.CallSite, { line, column, function: name }: WireFrame): boolean {
  const enclosed = callSite as EnclosedCallSite;
  if (enclosed.getEnclosingLineNumber() !== line) return false;
  const distance = column - enclosed.getEnclosingColumnNumber();
  return distance >= 0 && distance <= 'static async function* '.length + name.length;
}
