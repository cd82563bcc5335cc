import type { Logger } from '../base/logger.js';
import { UserError } from '../base/userError.js';

/** A word that the tool understands after its own name; each is a file of its own, listed in `commands.ts`. */
export interface Command<Asked> {
  /** What `--help` says of it, as `usageOf` writes it: each option on a line, and examples. */
  usage(): string;
  /** What is asked for; `undefined` where it is its help. Throws a UsageError. */
  parse(args: string[]): Asked | undefined;
  /** Rejects with a UserError, or with an OptionError. */
  execute(asked: Asked, environment: CliEnvironment): Promise<void>;
}

export interface CliEnvironment extends RequiredFiles {
  version: string;
  /** Writes one line for people to stderr. */
  say: (line: string) => void;
  /** Writes what was asked for to stdout. */
  print: (text: string) => void;
  logger: Logger;
}

/** Files that programs require which are watched. */
export interface RequiredFiles {
  agentPath: string;
  inspectPath: string;
}

/** The command line is wrong; the message says where. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** An option is well-formed but cannot be followed; the message says why. */
export class OptionError extends UserError {}
