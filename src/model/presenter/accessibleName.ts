import { t } from '../../base/texts.js';
import type { Row } from './row.js';

/** What a screen reader says of a row: what its texts say, in their order, with words for the signs in them. */
export function accessibleName({ label, description }: Pick<Row, 'label' | 'description'>): string {
  return [label, ...description.split(/ · | {2,}/)]
    .map((part) => spoken(part.trim()))
    .filter((part) => part !== '')
    .join(', ');
}

function spoken(text: string): string {
  return text
    .replace(/^×(\S+)$/, (_, count: string) => t('{0} of them', count))
    .replace(/⟶ … /g, () => `${t('through others')} `)
    .replace(/⟶ /g, () => `${t('waits for')} `)
    .replace(/→ /g, () => `${t('stands for')} `);
}
