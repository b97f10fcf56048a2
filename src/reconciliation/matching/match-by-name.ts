import { type RawBuilder, sql } from 'kysely';
import { type EntityManager, rowsOf } from '../../platform/database.ts';

/** Ids of matches follow from the movement: it is matched once over all runs. */
export const MATCH_ID = sql`md5(ours.kind || ours.id::text)::uuid`;

/**
 * Pairs what shares a name: first where the amounts are the same, then lines that are one movement together, movements
 * that are one line together, and at last where the amounts differ but the name is the subject's own.
 */
export async function matchByName(
  em: EntityManager,
  { amountToleranceMinor }: { amountToleranceMinor: number },
): Promise<void> {
  await pairOneToOne(em, sql`same_currency and gap_minor = 0`);
  await pairManyLines(em, amountToleranceMinor);
  await pairManyMovements(em, amountToleranceMinor);
  await pairOneToOne(em, sql`rank <= 2`);
}

/** Whoever are each other's best go first, until nobody is left who could. */
async function pairOneToOne(em: EntityManager, condition: RawBuilder<unknown>): Promise<void> {
  for (;;) {
    const { numAffectedRows = 0n } = await sql`
      insert into pairs (line, our, rule, match_id)
      select best.line, best.our, best.rule, ${MATCH_ID}
      from (
        select line, our, rule,
               row_number() over (partition by line order by not same_currency, rank, gap_minor, our) as of_line,
               row_number() over (partition by our order by not same_currency, rank, gap_minor, line) as of_our
        from candidates where ${condition}) best
      join ours on ours.our = best.our
      where best.of_line = 1 and best.of_our = 1`.execute(rowsOf(em));
    if (numAffectedRows === 0n) return;
    await forgetPaired(em);
  }
}

/** All lines whose best movement is the same one, when they come to its amount. */
async function pairManyLines(em: EntityManager, toleranceMinor: number): Promise<void> {
  await sql`
    with best as (
      select distinct on (line) line, our from candidates where same_currency order by line, rank, our),
    whole as (
      select best.our from best join lines using (line) join ours using (our)
      group by best.our, ours.amount_minor
      having count(*) > 1 and abs(sum(lines.gross_minor) - ours.amount_minor) <= ${toleranceMinor})
    insert into pairs (line, our, rule, match_id)
    select best.line, best.our, 'MANY_LINES', ${MATCH_ID}
    from best join whole using (our) join ours using (our)`.execute(rowsOf(em));
  await forgetPaired(em);
}

/** All movements whose best line is the same one, when they come to its amount. */
async function pairManyMovements(em: EntityManager, toleranceMinor: number): Promise<void> {
  await sql`
    with best as (
      select distinct on (our) line, our from candidates where same_currency order by our, rank, line),
    whole as (
      select best.line, min(best.our) as first_our from best join lines using (line) join ours using (our)
      group by best.line, lines.gross_minor
      having count(*) > 1 and abs(sum(ours.amount_minor) - lines.gross_minor) <= ${toleranceMinor})
    insert into pairs (line, our, rule, match_id)
    select best.line, best.our, 'MANY_MOVEMENTS', ${MATCH_ID}
    from best join whole using (line) join ours on ours.our = whole.first_our`.execute(rowsOf(em));
  await forgetPaired(em);
}

async function forgetPaired(em: EntityManager): Promise<void> {
  const db = rowsOf(em);
  await sql`analyze pairs`.execute(db);
  await sql`
    delete from candidates
    where line in (select line from pairs) or our in (select our from pairs)`.execute(db);
}
