import { sql } from 'kysely';
import { type EntityManager, rowsOf } from '../../platform/database.ts';
import { movementsOf } from './movements.ts';
import type { StagedRun } from './stage-lines.ts';

const MOVING = sql`('PAYMENT', 'REFUND', 'CHARGEBACK', 'CHARGEBACK_REVERSAL')`;

/** Lines that stand in this file already, or in an earlier one of the provider, are not matched again. */
export async function markRepeated(em: EntityManager, { runId, provider }: StagedRun): Promise<void> {
  const db = rowsOf(em);
  await sql`analyze incoming`.execute(db);
  await sql`
    insert into findings (class, run_id, line_number, reference, currency, actual_minor, line_at)
    select 'DUPLICATE_LINE', ${runId}, line.line_number, coalesce(line.provider_reference, line.merchant_reference),
           line.currency, line.gross_minor, line.occurred_at
    from incoming line
    where line.duplicate_of is null and exists (
      select from settlement_lines earlier where earlier.provider = ${provider} and earlier.identity = line.identity)
    order by line.line_number`.execute(db);
  await sql`
    update incoming set state = 'REPEATED'
    where duplicate_of is not null
      or line_number in (select line_number from findings where class = 'DUPLICATE_LINE')`.execute(db);
  // What is wrong with them was told of the file in which they stood first, and is cleared up there.
  await sql`
    delete from findings using incoming
    where incoming.line_number = findings.line_number and incoming.state = 'REPEATED'
      and (findings.class in ('AMOUNT_DIFFERS', 'FEE_DIFFERS')
           or findings.class = 'PAYOUT_TOTAL_DIFFERS' and not exists (
             select from incoming fresh
             where fresh.kind = 'PAYOUT' and fresh.batch = findings.reference and fresh.state <> 'REPEATED'))`.execute(
    db,
  );
}

/**
 * The lines that want a movement, those that earlier files of the provider left among them, and the movements that no
 * line has. Both are numbered by what they are, never by where they stand in the file: its order decides nothing.
 */
export async function openSides(em: EntityManager, { provider }: StagedRun): Promise<void> {
  const db = rowsOf(em);
  await sql`
    create temporary table lines on commit drop as
    select row_number() over (order by occurred_at nulls last, identity, raw_hash, run_id, line_number)::int as line, open.*
    from (
      select run_id, line_number, kind, currency, gross_minor, fee_minor, settlement_currency, occurred_at, identity,
             raw_hash, provider_reference, merchant_name, original_reference, original_merchant_name, other_references,
             true as is_new
      from incoming where state <> 'REPEATED' and kind in ${MOVING}
      union all
      select run_id, line_number, kind, currency, gross_minor, fee_minor, settlement_currency, occurred_at, identity,
             '', provider_reference, merchant_reference, original_reference, original_merchant_reference,
             other_references, false
      from settlement_lines where provider = ${provider} and state = 'UNMATCHED') open`.execute(db);
  await sql`
    create temporary table ours on commit drop as
    select row_number() over (order by at, id, kind)::int as our, movement.*
    from ${movementsOf(provider)} movement
    where not exists (
      select from movement_matches matched where matched.kind = movement.kind and matched.movement_id = movement.id)
  `.execute(db);
  await sql`create temporary table pairs (line int, our int, rule text, match_id uuid) on commit drop`.execute(db);
  await sql`analyze lines`.execute(db);
  await sql`analyze ours`.execute(db);
}

/**
 * Every line with every open movement of its kind that shares a name with it. Rank 1: the provider's name of the subject
 * on both sides; 2: our name of it; 3: a name of the payment that it belongs to. What a side has twice, such as the name
 * of a payment and that of its payment, goes in once.
 */
export async function findCandidates(em: EntityManager): Promise<void> {
  const db = rowsOf(em);
  await sql`
    create temporary table line_names on commit drop as
    select line, kind, name, rank, rule from lines, lateral (
      values (provider_reference, 1, 'PROVIDER_REFERENCE'),
             (merchant_name, 2, 'MERCHANT_REFERENCE'),
             (original_reference, 3, 'PROVIDER_REFERENCE'),
             (original_merchant_name, 3, 'MERCHANT_REFERENCE')) names (name, rank, rule)
    where name is not null
    union all
    select line, kind, name, case kind when 'PAYMENT' then 1 else 3 end, 'PROVIDER_REFERENCE'
    from lines, unnest(other_references) name
    where name is distinct from provider_reference`.execute(db);
  await sql`
    create temporary table our_names on commit drop as
    select our, kind, name, rank from ours, lateral (
      values (provider_reference, 1), (id::text, 2), (case when kind <> 'PAYMENT' then payment_reference end, 3),
             (case when kind <> 'PAYMENT' then payment_id::text end, 3),
             (order_id::text, case kind when 'PAYMENT' then 2 else 3 end)) names (name, rank)
    where name is not null`.execute(db);
  await sql`analyze line_names`.execute(db);
  await sql`analyze our_names`.execute(db);
  await sql`
    create temporary table candidates on commit drop as
    select named.*, lines.currency = ours.currency as same_currency,
           abs(lines.gross_minor - ours.amount_minor) as gap_minor
    from (
      select distinct on (line, our) line, our, greatest(line_names.rank, our_names.rank) as rank, rule
      from line_names join our_names using (kind, name)
      order by line, our, rank, rule desc) named
    join lines using (line)
    join ours using (our)`.execute(db);
  await sql`analyze candidates`.execute(db);
}
