import { HiddenFiles } from '../../model/presenter/index.js';
import type { SettingValues } from '../settings/settingsTable.js';

/** At most so many different lists of patterns are kept ready. */
const MAX_KEPT = 20;

/**
 * Which files' tasks are hidden in a debug session: what the setting says and then what the launch configuration
 * skips, so that its `!` has the last word.
 */
export class SessionFiles {
  private readonly made = new Map<string, HiddenFiles>();

  constructor(
    private readonly settings: { readonly value: Pick<SettingValues, 'tasks.hiddenFiles'> },
    private readonly sessions: { skipFiles(session: string): readonly string[] },
  ) {}

  /** The same for the same patterns. */
  readonly hiddenIn = (session: string): HiddenFiles => {
    const patterns = [...this.settings.value['tasks.hiddenFiles'], ...this.sessions.skipFiles(session)];
    const key = patterns.join('\n');
    const known = this.made.get(key);
    if (known) return known;
    if (this.made.size >= MAX_KEPT) this.made.clear();
    const files = new HiddenFiles(patterns);
    this.made.set(key, files);
    return files;
  };
}
