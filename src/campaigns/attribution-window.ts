import { type RawBuilder, sql } from 'kysely';
import type { TouchKind } from './touchpoint.entity.ts';

/** How long after a touchpoint a conversion may still be its doing, in days of 24 hours. */
export interface AttributionWindows {
  /** Of clicks and visits. */
  readonly attributionWindowDays: number;
  /** Of impressions, since a banner that was merely seen is soon forgotten; 0 when views earn nothing. */
  readonly viewWindowDays: number;
}

/** The window of one kind of touchpoint in days; null when that kind earns nothing. */
export function windowDaysOf(kind: TouchKind, windows: AttributionWindows): number | null {
  if (kind !== 'IMPRESSION') return windows.attributionWindowDays;
  return windows.viewWindowDays === 0 ? null : windows.viewWindowDays;
}

/**
 * `windowDaysOf` in SQL, as an interval: days of 24 hours, whatever the session's time zone. Null when the touchpoint
 * earns nothing, so that no comparison with it holds.
 */
export function windowOf(touchAlias: string, campaignAlias: string): RawBuilder<unknown> {
  const column = (alias: string, name: string) => sql.ref(`${alias}.${name}`);
  return sql`make_interval(hours => 24 * case ${column(touchAlias, 'kind')}
    when 'IMPRESSION' then nullif(${column(campaignAlias, 'view_window_days')}, 0)
    else ${column(campaignAlias, 'attribution_window_days')} end)`;
}
