import { sql } from 'kysely';
import type { Channel } from '../campaigns/index.ts';
import { type Ratio, ratio } from '../math/allocation/index.ts';
import type { AttributionModelName } from '../math/attribution/index.ts';
import type { Database } from '../platform/database.ts';
import { InvalidInputError } from '../shared/domain-error.ts';
import { type Page, type PageRequest, pageOf } from '../shared/page.ts';
import { type CreditRow, type SumPart, toCreditRows } from './attribution.queries.ts';
import { readNumberCursor } from './number-cursor.ts';

export interface RunRow {
  readonly id: string;
  readonly number: number;
  readonly conversions: number;
  readonly computedAt: Date;
  readonly effectsVersion: number | null;
}

/** Two runs of one campaign and model. */
export interface RunPair {
  readonly runId: string;
  /** Number of the run that it is compared with; null for the one before it, or nothing when it is the first. */
  readonly since: number | null;
}

/** What a partner's channel earned in two runs. */
export interface CreditChange {
  readonly partnerId: string;
  readonly channel: Channel;
  readonly currency: string;
  readonly before: Earned;
  readonly after: Earned;
}

export interface Earned {
  readonly credit: Ratio;
  readonly valueMinor: bigint;
}

/** All that was earned in two runs, by partner, channel and currency; also what did not change. */
export interface RunComparison {
  readonly before: readonly CreditRow[];
  readonly after: readonly CreditRow[];
}

/** The runs of a campaign by one model, newest first. @throws InvalidInputError for a cursor of another list */
export async function findRunPage(
  database: Database,
  { campaignId, model, request }: { campaignId: string; model: AttributionModelName; request: PageRequest },
): Promise<Page<RunRow>> {
  const below = readNumberCursor(request.after);
  const { rows } = await sql<RunRow>`
    select id, number, conversions, computed_at as "computedAt", effects_version as "effectsVersion"
    from attribution_runs where campaign_id = ${campaignId} and model = ${model} and number < ${below}
    order by number desc limit ${request.first + 1}`.execute(database.read());
  return pageOf(rows, request);
}

type StoredSide = SumPart & { readonly place: number; readonly isAfter: boolean };

/**
 * Compares pairs of runs, all by two statements.
 *
 * @returns in the order asked for; an InvalidInputError where there is no such other run
 */
export async function compareRuns(
  database: Database,
  pairs: readonly RunPair[],
): Promise<(RunComparison | InvalidInputError)[]> {
  const runIds = pairs.map(({ runId }) => runId);
  const since = pairs.map((pair) => pair.since);
  const runs = sql`
    select p.place::int as place, r.id as after_id, b.id as before_id
    from unnest(${runIds}::uuid[], ${since}::int[]) with ordinality p (run_id, since, place)
    join attribution_runs r on r.id = p.run_id
    left join attribution_runs b on b.campaign_id = r.campaign_id and b.model = r.model and b.id <> r.id
      and b.number = coalesce(p.since, r.number - 1)`;
  const found = await sql<{ place: number; hasBefore: boolean }>`
    select place, before_id is not null as "hasBefore" from (${runs}) runs`.execute(database.read());
  const { rows } = await sql<StoredSide>`
    select runs.place, s.run_id = runs.after_id as "isAfter", s.partner_id as "partnerId", s.channel, s.currency,
           s.credit_denominator as denominator, sum(s.credit_numerator)::bigint as numerator,
           sum(s.value_minor)::bigint as "valueMinor"
    from (${runs}) runs join attribution_sums s on s.run_id in (runs.after_id, runs.before_id)
    group by 1, 2, 3, 4, 5, 6`.execute(database.read());
  const sides = Map.groupBy(rows, ({ place }) => place);
  const hasBefore = new Map(found.rows.map((row) => [row.place, row.hasBefore]));
  return pairs.map((pair, at) => {
    const place = at + 1;
    if (pair.since !== null && !hasBefore.get(place)) {
      return new InvalidInputError('since', 'There is no other run of that number.');
    }
    const parts = sides.get(place) ?? [];
    return {
      before: toCreditRows(parts.filter(({ isAfter }) => !isAfter)),
      after: toCreditRows(parts.filter(({ isAfter }) => isAfter)),
    };
  });
}

/** What differs between two runs, the largest difference of value first. */
export function changesOf({ before, after }: RunComparison): CreditChange[] {
  const nothing: Earned = { credit: ratio(0n), valueMinor: 0n };
  const earnedBefore = new Map(before.map((row) => [cellOf(row), row]));
  const earnedAfter = new Map(after.map((row) => [cellOf(row), row]));
  const cells = new Map([...before, ...after].map((row) => [cellOf(row), row]));
  return [...cells]
    .map(([cell, { partnerId, channel, currency }]) => ({
      partnerId,
      channel,
      currency,
      before: earnedBefore.get(cell) ?? nothing,
      after: earnedAfter.get(cell) ?? nothing,
    }))
    .filter((change) => movedBy(change) > 0n || !change.before.credit.equals(change.after.credit))
    .sort((a, b) => Number(movedBy(b) - movedBy(a)) || (cellOf(a) < cellOf(b) ? -1 : 1));
}

export function cellOf({
  partnerId,
  channel,
  currency,
}: Pick<CreditRow, 'partnerId' | 'channel' | 'currency'>): string {
  return `${partnerId} ${channel} ${currency}`;
}

function movedBy({ before, after }: CreditChange): bigint {
  const moved = after.valueMinor - before.valueMinor;
  return moved < 0n ? -moved : moved;
}
