import { sql } from 'kysely';
import { type EntityManager, rowsOf } from '../../platform/database.ts';
import { isOfFile, type RunPeriod, type Span } from '../run-period.ts';
import { movementsOf } from './movements.ts';
import type { StagedRun } from './stage-lines.ts';

export interface Tolerances {
  readonly amountToleranceMinor: number;
  readonly feeToleranceMinor: number;
  readonly dateWindowDays: number;
}

/** Each match with what both sides of it come to. */
export async function sumMatches(em: EntityManager): Promise<void> {
  const db = rowsOf(em);
  await sql`
    create temporary table matched on commit drop as
    with of_lines as (
      select match_id, min(line) as line, count(*) as lines, sum(gross_minor)::bigint as gross_minor,
             sum(fee_minor)::bigint as fee_minor, min(currency) as currency, max(currency) as last_currency,
             bool_or(settlement_currency is not null) as is_converted, min(occurred_at) as first_at,
             max(occurred_at) as last_at, bool_or(is_new) as is_new
      from lines join (select distinct line, match_id from pairs) paired using (line) group by match_id),
    of_ours as (
      select match_id, min(our) as our, sum(amount_minor)::bigint as amount_minor, sum(fee_minor)::bigint as due_minor,
             sum(fee_minor) filter (where kind <> 'PAYMENT') as booked_minor,
             min(currency) as our_currency, min(at) as first_our_at, max(at) as last_our_at
      from ours join (select distinct our, match_id from pairs) paired using (our) group by match_id)
    select * from of_lines join of_ours using (match_id)`.execute(db);
  await sql`analyze matched`.execute(db);
}

/** Where a match holds and its sides differ all the same. */
export async function findDifferences(
  em: EntityManager,
  { tellsFees, ...tolerances }: Tolerances & { tellsFees: boolean },
): Promise<void> {
  const { amountToleranceMinor, feeToleranceMinor, dateWindowDays } = tolerances;
  const differ = [
    {
      name: 'CURRENCY_DIFFERS',
      when: sql`(matched.currency <> our_currency or last_currency <> our_currency)`,
      expected: sql`null::bigint`,
      actual: sql`null::bigint`,
    },
    {
      name: 'AMOUNT_DIFFERS',
      when: sql`matched.currency = our_currency and last_currency = our_currency
        and abs(matched.gross_minor - matched.amount_minor) > ${amountToleranceMinor}`,
      expected: sql`matched.amount_minor`,
      actual: sql`matched.gross_minor`,
    },
    {
      name: 'FEE_DIFFERS',
      when: sql`${tellsFees} and not is_converted and matched.currency = our_currency
        and abs(matched.fee_minor - due_minor) > ${feeToleranceMinor}`,
      expected: sql`due_minor`,
      actual: sql`matched.fee_minor`,
    },
    {
      name: 'WRONG_PERIOD',
      when: sql`(first_at < first_our_at - ${dateWindowDays} * interval '1 day'
        or last_at > last_our_at + ${dateWindowDays} * interval '1 day')`,
      expected: sql`null::bigint`,
      actual: sql`null::bigint`,
    },
  ];
  for (const { name, when, expected, actual } of differ) {
    await sql`
      insert into findings (class, run_id, line_number, movement_kind, movement_id, reference, currency,
                            expected_minor, actual_minor, line_at, movement_at, reason)
      select ${name}, line.run_id, line.line_number, ours.kind, ours.id,
             coalesce(line.provider_reference, line.merchant_name, ours.provider_reference),
             line.currency, ${expected}, ${actual}, line.occurred_at, ours.at,
             case when ${name} = 'CURRENCY_DIFFERS' then 'The line is in ' || line.currency || '; the '
               || lower(replace(ours.kind, '_', ' ')) || ' in our books is in ' || ours.currency || '.' end
      from matched join lines line on line.line = matched.line join ours on ours.our = matched.our
      where ${when} order by matched.line`.execute(rowsOf(em));
  }
}

/** Lines of this file that are nothing of ours, and those that tell again what another line told. */
export async function findUnknownLines(em: EntityManager): Promise<void> {
  const db = rowsOf(em);
  await sql`
    create temporary table unknown on commit drop as
    select lines.* from lines where is_new and line not in (select line from pairs)`.execute(db);
  // Without it the planner takes both for a handful of rows, and holds each against each.
  await sql`analyze unknown`.execute(db);
  await sql`analyze earlier_names`.execute(db);
  await sql`
    create temporary table told_again on commit drop as
    with named as materialized (
      select line, kind, name from unknown join line_names using (line, kind) where rank <= 2),
    told as (
      select ours.kind, our_names.name, ours.id
      from our_names join ours using (our, kind) join (select distinct our from pairs) paired using (our)
      where our_names.rank <= 2 and (kind, our_names.name) in (select kind, name from named)
      union all
      select movement_kind, name, movement_id from earlier_names)
    select distinct on (line) line, kind, told.id from named join told using (kind, name)
    order by line, told.id`.execute(db);
  await sql`
    insert into findings (class, run_id, line_number, movement_kind, movement_id, reference, currency, actual_minor, line_at)
    select case when told_again.line is null then 'MISSING_IN_LEDGER' else 'DUPLICATE_LINE' end, run_id, line_number,
           told_again.kind, told_again.id, coalesce(provider_reference, merchant_name, original_reference, identity),
           currency, gross_minor, occurred_at
    from unknown left join told_again using (line) order by line`.execute(db);
}

/** Reserves, transfers and corrections of the provider: they move what it owes us, and our books know nothing of them. */
export async function findAdjustments(em: EntityManager): Promise<void> {
  await sql`
    insert into findings (class, run_id, line_number, reference, currency, actual_minor, line_at)
    select 'MISSING_IN_LEDGER', run_id, line_number, coalesce(provider_reference, merchant_reference, identity),
           coalesce(settlement_currency, currency), net_minor, occurred_at
    from incoming where kind = 'ADJUSTMENT' and state <> 'REPEATED' and net_minor <> 0
    order by line_number`.execute(rowsOf(em));
}

/** Names of movements that earlier files matched, as far as a line of this one has them. Only looked for where one is left. */
export async function findEarlierNames(em: EntityManager, { provider }: StagedRun): Promise<void> {
  await sql`
    create temporary table earlier_names on commit drop as
    select movement.kind as movement_kind, movement.id as movement_id, names.name
    from ${movementsOf(provider)} movement
    cross join lateral (
      values (movement.provider_reference), (movement.id::text),
             (case when movement.kind = 'PAYMENT' then movement.order_id::text end)) names (name)
    where exists (select from lines where is_new and line not in (select line from pairs))
      and exists (select from movement_matches earlier where earlier.kind = movement.kind and earlier.movement_id = movement.id)
      and (movement.kind, names.name) in (
        select kind, name from line_names where rank <= 2 and line not in (select line from pairs))`.execute(
    rowsOf(em),
  );
}

export async function spanOf(em: EntityManager): Promise<Span | null> {
  const { rows } = await sql<{ firstAt: Date | null; lastAt: Date | null }>`
    select min(occurred_at) as "firstAt", max(occurred_at) as "lastAt" from lines where is_new`.execute(rowsOf(em));
  const [{ firstAt = null, lastAt = null } = {}] = rows;
  return firstAt && lastAt ? { firstAt, lastAt } : null;
}

/** What of ours lies in the file's time and no line has; once, however many files leave it out. */
export async function findMissingMovements(
  em: EntityManager,
  { runId }: StagedRun,
  { period, span }: { period: RunPeriod | null; span: Span | null },
): Promise<void> {
  await sql`
    insert into findings (class, run_id, movement_kind, movement_id, reference, currency, expected_minor, movement_at)
    select 'MISSING_IN_FILE', ${runId}, kind, id, coalesce(provider_reference, id::text), currency, amount_minor, at
    from ours
    where ${isOfFile(sql`at`, period, span)} and our not in (select our from pairs)
      and not exists (
        select from reconciliation_exceptions known
        where known.class = 'MISSING_IN_FILE' and known.state <> 'SETTLED'
          and known.movement_kind = ours.kind and known.movement_id = ours.id)
    order by our`.execute(rowsOf(em));
}
