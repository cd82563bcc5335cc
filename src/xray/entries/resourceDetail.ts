import type { WireDetail } from '../../protocol/wire.js';
import type { OpenResource } from '../live/liveObjects.js';

/** What is known of an operation, as an agent would send it; the clock begins at the moment of the look. */
export function resourceDetail({ detail, unref }: OpenResource): WireDetail {
  const { armedAgoMs, ...rest } = detail;
  const known = Object.entries(rest as Record<string, unknown>).filter(
    ([, value]) => value !== undefined && value !== null,
  );
  return {
    ...(Object.fromEntries(known) as WireDetail),
    ...(typeof armedAgoMs === 'number' ? { armedMs: -armedAgoMs } : {}),
    ...(unref === true ? { loose: 'unref' as const } : {}),
  };
}
