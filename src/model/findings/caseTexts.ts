import { t } from '../../base/texts.js';
import type { Task } from '../../protocol/snapshot.js';
import { plainText } from '../plainText.js';

/** What a task is called in a sentence. */
export function taskName({ name, kind }: Pick<Task, 'name' | 'kind'>): string {
  const plain = plainText(name, 60);
  if (plain === '' || plain === '<anonymous>') return t('an anonymous function');
  return kind === 'promise' && /^(?:promise|new Promise)$/.test(plain) ? t('a promise') : plain;
}
