import { sql } from 'kysely';
import type { Channel, MetricsSpan } from '../campaigns/index.ts';
import { type Ratio, ratio } from '../math/allocation/index.ts';
import type { AttributionModelName } from '../math/attribution/index.ts';
import type { Database } from '../platform/database.ts';

export const REPORT_DIMENSIONS = ['PARTNER', 'CHANNEL', 'CAMPAIGN'] as const;
export type ReportDimension = (typeof REPORT_DIMENSIONS)[number];

export interface ReportQuestion extends MetricsSpan {
  readonly model: AttributionModelName;
  /** What tells rows apart beside the currency. */
  readonly by: readonly ReportDimension[];
}

/** What was earned; null for what the rows are not told apart by. */
export interface ReportRow {
  readonly partnerId: string | null;
  readonly channel: Channel | null;
  readonly campaignId: string | null;
  readonly currency: string;
  readonly credit: Ratio;
  readonly valueMinor: bigint;
}

interface StoredPart extends Omit<ReportRow, 'credit'> {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/**
 * What all campaigns together earned of the conversions of some days, as their current runs say. Since every conversion
 * is shared once over all campaigns, the sum is the same whatever the rows are told apart by.
 *
 * @returns by currency, then the highest value first
 */
export async function findReport(database: Database, { model, from, to, by }: ReportQuestion): Promise<ReportRow[]> {
  const told = (dimension: ReportDimension, column: string) => (by.includes(dimension) ? sql.ref(column) : sql`null`);
  const { rows } = await sql<StoredPart>`
    select ${told('PARTNER', 's.partner_id')} as "partnerId", ${told('CHANNEL', 's.channel')} as channel,
           ${told('CAMPAIGN', 'k.id')} as "campaignId", s.currency, s.credit_denominator as denominator,
           sum(s.credit_numerator)::bigint as numerator, sum(s.value_minor)::bigint as "valueMinor"
    from campaigns k
    cross join lateral (
      select id from attribution_runs where campaign_id = k.id and model = ${model} order by number desc limit 1
    ) r
    join attribution_sums s on s.run_id = r.id and s.day between ${from}::date and ${to}::date
    group by 1, 2, 3, 4, 5`.execute(database.read());
  const cells = Map.groupBy(rows, (row) => cellOf(row));
  return [...cells.values()].flatMap(addUp).sort(byCurrencyAndValue);
}

/** The versions of removal effects that current runs share by, the newest first: more than one while runs are renewed. */
export async function findEffectsVersions(database: Database): Promise<number[]> {
  const { rows } = await sql<{ version: number }>`
    select distinct r.version from campaigns k
    cross join lateral (
      select effects_version as version from attribution_runs
      where campaign_id = k.id and model = 'MARKOV' order by number desc limit 1
    ) r order by 1 desc`.execute(database.read());
  return rows.map(({ version }) => version);
}

function addUp(parts: readonly StoredPart[]): ReportRow[] {
  const [first] = parts;
  if (!first) return [];
  const { partnerId, channel, campaignId, currency } = first;
  const credit = parts.reduce((sum, part) => sum.add(ratio(part.numerator, part.denominator)), ratio(0n));
  const valueMinor = parts.reduce((sum, part) => sum + part.valueMinor, 0n);
  return [{ partnerId, channel, campaignId, currency, credit, valueMinor }];
}

function cellOf({ partnerId, channel, campaignId, currency }: Omit<StoredPart, 'numerator' | 'denominator'>): string {
  return `${currency} ${campaignId} ${partnerId} ${channel}`;
}

function byCurrencyAndValue(a: ReportRow, b: ReportRow): number {
  if (a.currency !== b.currency) return a.currency < b.currency ? -1 : 1;
  if (a.valueMinor !== b.valueMinor) return a.valueMinor > b.valueMinor ? -1 : 1;
  return b.credit.compare(a.credit) || (cellOf(a) < cellOf(b) ? -1 : 1);
}
