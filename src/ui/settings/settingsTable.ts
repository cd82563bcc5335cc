import { type Grouping, HIDDEN_BY_DEFAULT } from '../../model/presenter/index.js';
import type { LibraryOperations } from '../../protocol/wire.js';
import type { AsyncStacks } from '../../session/asyncStacks.js';

/** What a setting may hold, in a form that a message can be made of. */
export type SettingRule =
  | { readonly type: 'boolean' }
  | { readonly type: 'number'; readonly min: number; readonly max: number }
  | { readonly type: 'choice'; readonly of: readonly string[] }
  | { readonly type: 'texts' };

export interface Setting<T> {
  readonly default: T;
  readonly rule: SettingRule;
}

export const settingsSection = 'asyncDebugger';

export const groupings: readonly Grouping[] = ['awaits', 'site', 'type', 'age'];

/** The one list of settings; names are without the section. The manifest says the same, held by a test. */
export const settingsTable = {
  enabled: toggle(true),
  'blocking.enabled': toggle(true),
  'blocking.thresholdMs': numberWithin(100, 10, 600_000),
  'blocking.ignore': texts([]),
  'blocking.breakAfterMs': numberWithin(1_000, 10, 600_000),
  'blocking.notify': toggle(false),
  'checks.slowOperationMs': numberWithin(1_000, 0, 600_000),
  'checks.syncCalls': toggle(false),
  'findings.ignore': texts([]),
  'session.asyncStacks': choice<AsyncStacks>('asConfigured', ['asConfigured', 'onceBreakpoint', 'off']),
  'tasks.grouping': choice<Grouping>('awaits', groupings),
  'tasks.showInternals': toggle(false),
  'tasks.hiddenFiles': texts(HIDDEN_BY_DEFAULT),
  'tasks.slowAfterMs': numberWithin(10_000, 0, 86_400_000),
  'tasks.retentionSeconds': numberWithin(10, 0, 600),
  'sites.budget': numberWithin(10, 0, 100),
  'tasks.libraryOperations': choice<LibraryOperations>('safe', ['safe', 'all', 'off']),
  'recording.seconds': numberWithin(30, 0, 600),
} as const;

export type SettingName = keyof typeof settingsTable;
export type SettingValues = { readonly [K in SettingName]: (typeof settingsTable)[K]['default'] };

/** A value that was not understood; the default is used in its place. */
export interface SettingProblem {
  readonly name: SettingName;
  readonly given: unknown;
  readonly rule: SettingRule;
}

/** Reads all settings at once. Never throws: what is wrong becomes a problem and the default. */
export function readSettings(get: (name: SettingName) => unknown): {
  values: SettingValues;
  problems: SettingProblem[];
} {
  const problems: SettingProblem[] = [];
  const values: Record<string, unknown> = {};
  for (const name of Object.keys(settingsTable) as SettingName[]) {
    const setting = settingsTable[name];
    const given = get(name);
    const good = given === undefined || obeys(given, setting.rule);
    values[name] = good && given !== undefined ? given : setting.default;
    if (!good) problems.push({ name, given, rule: setting.rule });
  }
  return { values: values as SettingValues, problems };
}

function obeys(value: unknown, rule: SettingRule): boolean {
  switch (rule.type) {
    case 'boolean':
      return typeof value === 'boolean';
    case 'number':
      return typeof value === 'number' && value >= rule.min && value <= rule.max;
    case 'choice':
      return typeof value === 'string' && rule.of.includes(value);
    case 'texts':
      return Array.isArray(value) && value.every((text) => typeof text === 'string');
  }
}

function toggle(value: boolean): Setting<boolean> {
  return { default: value, rule: { type: 'boolean' } };
}

function numberWithin(value: number, min: number, max: number): Setting<number> {
  return { default: value, rule: { type: 'number', min, max } };
}

function choice<T extends string>(value: T, of: readonly T[]): Setting<T> {
  return { default: value, rule: { type: 'choice', of } };
}

function texts(value: readonly string[]): Setting<readonly string[]> {
  return { default: value, rule: { type: 'texts' } };
}
