import { sql } from 'kysely';
import { type EntityManager, rowsOf } from '../../platform/database.ts';

/**
 * Pairs what no name joined by kind, currency, amount and time. A line whose names say that it is something else takes
 * no part. Walks both sides once in the order of time, so that a million equal amounts cost no more than others: among
 * windows of one width that leaves as few as can be.
 */
export async function matchByAmount(em: EntityManager, { dateWindowDays }: { dateWindowDays: number }): Promise<void> {
  const db = rowsOf(em);
  await sql`
    create temporary table nameless on commit drop as
    select line, kind, currency, gross_minor as amount_minor, occurred_at as at from lines
    where occurred_at is not null and provider_reference is null
      and (merchant_name is null or merchant_name !~ ${UUID})
      and original_reference is null and (original_merchant_name is null or original_merchant_name !~ ${UUID})
      and not exists (select from pairs where pairs.line = lines.line)`.execute(db);
  await sql`analyze nameless`.execute(db);
  await sql`
    create temporary table unclaimed on commit drop as
    select our, kind, currency, amount_minor, at from ours
    where not exists (select from pairs where pairs.our = ours.our)
      and (kind, currency, amount_minor) in (select kind, currency, amount_minor from nameless)`.execute(db);
  await sql`analyze unclaimed`.execute(db);
  await pairUnique(em, dateWindowDays);
  await sql.raw(pairInOrder(dateWindowDays)).execute(db);
}

const UUID = '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$';
/** Larger groups of equal amounts are only walked: holding each against each would grow with the square. */
const MAX_GROUP = 1_000;

/** Those who have nobody but each other. */
async function pairUnique(em: EntityManager, dateWindowDays: number): Promise<void> {
  await sql`
    with few as (
      select kind, currency, amount_minor from (
        select kind, currency, amount_minor from nameless
        union all select kind, currency, amount_minor from unclaimed) either
      group by 1, 2, 3 having count(*) <= ${MAX_GROUP}),
    near as (
      select line, our, count(*) over (partition by line) as of_line, count(*) over (partition by our) as of_our
      from nameless join few using (kind, currency, amount_minor) join unclaimed using (kind, currency, amount_minor)
      where nameless.at between unclaimed.at - ${dateWindowDays} * interval '1 day'
                            and unclaimed.at + ${dateWindowDays} * interval '1 day')
    insert into pairs (line, our, rule, match_id)
    select near.line, near.our, 'AMOUNT_AND_DATE', md5(ours.kind || ours.id::text)::uuid
    from near join ours on ours.our = near.our where of_line = 1 and of_our = 1`.execute(rowsOf(em));
}

function pairInOrder(dateWindowDays: number): string {
  return `
    do $walk$
    declare
      width constant interval := interval '${Math.trunc(dateWindowDays)} days';
      wanted cursor for
        select * from nameless where line not in (select line from pairs)
        order by kind, currency, amount_minor, at, line;
      offered cursor for
        select * from unclaimed where our not in (select our from pairs)
        order by kind, currency, amount_minor, at, our;
      one record;
      other record;
      side int;
    begin
      open wanted;
      open offered;
      fetch wanted into one;
      fetch offered into other;
      while one.line is not null and other.our is not null loop
        side := case
          when (one.kind, one.currency, one.amount_minor) < (other.kind, other.currency, other.amount_minor) then -1
          when (one.kind, one.currency, one.amount_minor) > (other.kind, other.currency, other.amount_minor) then 1
          when one.at < other.at - width then -1
          when one.at > other.at + width then 1
          else 0 end;
        if side = 0 then
          insert into pairs (line, our, rule, match_id)
          select one.line, our, 'AMOUNT_AND_DATE', md5(kind || id::text)::uuid from ours where our = other.our;
        end if;
        if side <= 0 then fetch wanted into one; end if;
        if side >= 0 then fetch offered into other; end if;
      end loop;
    end $walk$`;
}
