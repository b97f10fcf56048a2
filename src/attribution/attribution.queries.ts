import { sql } from 'kysely';
import type { Channel } from '../campaigns/index.ts';
import { type Ratio, ratio } from '../math/allocation/index.ts';
import type { AttributionModelName } from '../math/attribution/index.ts';
import type { Database } from '../platform/database.ts';

/** What a partner's channel earned in the current run of a campaign. */
export interface CreditRow {
  readonly partnerId: string;
  readonly channel: Channel;
  /** That of the conversions. */
  readonly currency: string;
  /** Conversions, in exact parts. */
  readonly credit: Ratio;
  readonly valueMinor: bigint;
}

export interface CurrentAttribution {
  readonly campaignId: string;
  readonly runId: string;
  readonly number: number;
  /** Conversions that led through the campaign. */
  readonly conversions: number;
  readonly computedAt: Date;
  /** The version of removal effects; null for models that learn nothing. */
  readonly effectsVersion: number | null;
  /** The highest value first. */
  readonly rows: readonly CreditRow[];
}

/** The sum of one denominator within a cell. */
export interface SumPart {
  readonly partnerId: string;
  readonly channel: Channel;
  readonly currency: string;
  readonly numerator: bigint;
  readonly denominator: bigint;
  readonly valueMinor: bigint;
}

interface StoredRow extends Omit<SumPart, 'partnerId'> {
  readonly campaignId: string;
  readonly runId: string;
  readonly number: number;
  readonly conversions: number;
  readonly computedAt: Date;
  readonly effectsVersion: number | null;
  /** Null in the one row of a run that credits nobody. */
  readonly partnerId: string | null;
}

/** The current run of each of the campaigns that has one, by one model. Sums stay exact: thirds are added as thirds. */
export async function findCurrentAttributions(
  database: Database,
  { campaignIds, model }: { campaignIds: readonly string[]; model: AttributionModelName },
): Promise<CurrentAttribution[]> {
  const { rows } = await sql<StoredRow>`
    with runs as (
      select distinct on (campaign_id) id, campaign_id, number, conversions, computed_at, effects_version
      from attribution_runs
      where campaign_id = any(${campaignIds}::uuid[]) and model = ${model}
      order by campaign_id, number desc
    )
    select r.campaign_id as "campaignId", r.id as "runId", r.number, r.conversions, r.computed_at as "computedAt",
           r.effects_version as "effectsVersion", c.partner_id as "partnerId", c.channel, c.currency, c.credit_denominator as denominator,
           sum(c.credit_numerator)::bigint as numerator, sum(c.value_minor)::bigint as "valueMinor"
    from runs r left join attribution_sums c on c.run_id = r.id
    group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10`.execute(database.read());
  return [...Map.groupBy(rows, (row) => row.campaignId).values()].flatMap(toAttribution);
}

function toAttribution(stored: readonly StoredRow[]): CurrentAttribution[] {
  const [first] = stored;
  if (!first) return [];
  const { campaignId, runId, number, conversions, computedAt, effectsVersion } = first;
  const parts = stored.flatMap(({ partnerId, ...part }) => (partnerId === null ? [] : [{ ...part, partnerId }]));
  return [{ campaignId, runId, number, conversions, computedAt, effectsVersion, rows: toCreditRows(parts) }];
}

/** Adds the parts of each cell, which stand apart by denominator. @returns the highest value first */
export function toCreditRows(parts: readonly SumPart[]): CreditRow[] {
  const cells = Map.groupBy(parts, ({ partnerId, channel, currency }) => `${partnerId} ${channel} ${currency}`);
  return [...cells.values()].flatMap(addUp).sort(byValue);
}

function addUp(parts: readonly SumPart[]): CreditRow[] {
  const [first] = parts;
  if (!first) return [];
  const { partnerId, channel, currency } = first;
  const credit = parts.reduce((sum, part) => sum.add(ratio(part.numerator, part.denominator)), ratio(0n));
  const valueMinor = parts.reduce((sum, part) => sum + part.valueMinor, 0n);
  return [{ partnerId, channel, currency, credit, valueMinor }];
}

function byValue(a: CreditRow, b: CreditRow): number {
  if (a.valueMinor !== b.valueMinor) return a.valueMinor > b.valueMinor ? -1 : 1;
  return b.credit.compare(a.credit) || `${a.partnerId} ${a.channel}`.localeCompare(`${b.partnerId} ${b.channel}`);
}
