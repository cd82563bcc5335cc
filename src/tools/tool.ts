import type { Folders } from '../model/presenter/index.js';
import type { Snapshot } from '../protocol/snapshot.js';

/** What the arguments of a tool may be, as JSON schema. */
export interface InputSchema {
  readonly type: 'object';
  readonly properties: Readonly<Record<string, Property>>;
  readonly additionalProperties: false;
}

interface Property {
  readonly type: 'string' | 'number' | 'boolean';
  readonly description: string;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** A question that a language model may ask of the programs that are watched. It is read only. */
export interface Tool {
  /** Unique among the tools. */
  readonly name: string;
  readonly title: string;
  /** For the model: what it answers, when to ask it, and what it does not know. */
  readonly description: string;
  readonly input: InputSchema;
  /** Answers in compact text of a bounded length. Rejects with a `UserError`. */
  answer(input: ToolInput, source: ToolSource): Promise<string>;
}

/** Arguments that were checked against the schema. */
export type ToolInput = Readonly<Record<string, string | number | boolean | undefined>>;

/** Where the answers come from. */
export interface ToolSource {
  /** Where paths are told from. */
  readonly folders: Folders;
  /** The present state: every program is asked first. */
  snapshot(): Promise<Snapshot>;
  /** Resolves after this time. */
  pause(durationMs: number): Promise<void>;
  /** The snapshot that `compare_snapshots` has seen last. */
  kept?: Snapshot;
}
