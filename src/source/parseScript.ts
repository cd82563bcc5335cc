import { type AnyNode, parse, type Program } from 'acorn';
import type { ScriptCode } from '../model/scriptCode.js';
import { below } from './syntax.js';
import { SyntaxCode } from './syntaxCode.js';

/** Reads the text of a script of either kind; `undefined` where it is no JavaScript that the parser knows. */
export function parseScript(text: string): ScriptCode | undefined {
  const program = programOf(text, 'script') ?? programOf(text, 'module');
  return program && !isDeep(program) ? new SyntaxCode(text, program) : undefined;
}

function programOf(text: string, sourceType: 'script' | 'module'): Program | undefined {
  try {
    return parse(text, {
      ecmaVersion: 'latest',
      sourceType,
      // a CommonJS module is the body of a function
      allowReturnOutsideFunction: sourceType === 'script',
      allowHashBang: true,
    });
  } catch {
    return undefined; // the other kind, TypeScript, or newer than the parser
  }
}

/** Nobody writes so, and what walks through the tree would come to the end of the stack. */
function isDeep(program: Program): boolean {
  let level: AnyNode[] = [program];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_DEPTH) return true;
    level = level.flatMap(below);
  }
  return false;
}

const MAX_DEPTH = 1_000;
