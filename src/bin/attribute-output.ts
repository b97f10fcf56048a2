import type { ChannelCredit, CreditIntervals } from '../math/attribution/index.ts';

/** What the command says about a channel. */
export interface AttributionRow extends ChannelCredit {
  /** Only when asked for: where the middle 95 % of the resamples lie, from and to. */
  readonly intervals?: { readonly conversions: readonly [number, number]; readonly value: readonly [number, number] };
}

/** The highest credit first; of equal ones by name. */
export function attributionRows(
  credits: readonly ChannelCredit[],
  intervals: readonly CreditIntervals[] | undefined,
): AttributionRow[] {
  const intervalOf = new Map(intervals?.map((interval) => [interval.channel, interval]));
  const rows = credits.map((credit): AttributionRow => {
    const found = intervalOf.get(credit.channel);
    if (!found) return credit;
    const { conversions, value } = found;
    const pairs = {
      conversions: [conversions.lower, conversions.upper],
      value: [value.lower, value.upper],
    } as const;
    return { ...credit, intervals: pairs };
  });
  return rows.sort((a, b) => b.conversions - a.conversions || (a.channel < b.channel ? -1 : 1));
}

/** Shortens for people what `--json` tells in full. */
export function attributionTable(rows: readonly AttributionRow[]): string[] {
  const cells = rows.map(({ channel, conversions, value, removalEffect, intervals }) => [
    channel,
    conversions.toFixed(4),
    ...(intervals ? [range(intervals.conversions, 2)] : []),
    value.toFixed(2),
    ...(intervals ? [range(intervals.value, 2)] : []),
    ...(removalEffect === null ? [] : [removalEffect.toFixed(6)]),
  ]);
  const hasIntervals = rows.some((row) => row.intervals);
  const between = hasIntervals ? ['95 % between'] : [];
  const effect = rows.some((row) => row.removalEffect !== null) ? ['removal effect'] : [];
  const header = ['channel', 'conversions', ...between, 'value', ...between, ...effect];
  const widths = header.map((name, at) => Math.max(name.length, ...cells.map((row) => row[at]?.length ?? 0)));
  const pad = (cell: string, at: number) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0));
  return [header, ...cells].map((row) => row.map(pad).join('  '));
}

function range([from, to]: readonly [number, number], decimals: number): string {
  return `${from.toFixed(decimals)} to ${to.toFixed(decimals)}`;
}
