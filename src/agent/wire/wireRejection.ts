import type { WireRejection } from '../../protocol/wire.js';
import type { Rejection } from '../eventLoop/rejections.js';
import { errorText } from '../realm/errorText.js';
import { isTask } from '../records/records.js';
import { KINDS } from './wireEntry.js';

/** A rejection as the host gets it. Where `isReadable` no code of the program runs to write an error's stack. */
export function wireRejection({ record, reason }: Rejection, isReadable: boolean): WireRejection {
  return {
    entry: record?.id ?? 0,
    kind: record === null ? 'promise' : KINDS[record.kind],
    type: record?.extra?.type ?? '',
    site: record?.site ?? 0,
    call: record !== null && isTask(record) ? record.call : 0,
    by: record?.by ?? 0,
    text: errorText(reason, isReadable),
  };
}
