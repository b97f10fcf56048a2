import { type RawBuilder, sql } from 'kysely';
import { type EntityManager, rowsOf } from '../platform/database.ts';
import { isAnyOf } from '../platform/is-any-of.ts';
import { BALANCE_AXES, type BalanceAxis, BUCKET_LEVELS, type BucketLevel } from './balance-bucket.entity.ts';

/** A bucket with more postings than this gets finer ones: so many at most are added up one by one. */
const POSTINGS_A_BUCKET = 256n;

/** By axis, the instant of a posting that decides. */
export const COLUMN_OF_AXIS: Readonly<Record<BalanceAxis, string>> = {
  EFFECTIVE: 'effective_at',
  RECORDED: 'recorded_at',
};

interface Bucket {
  readonly accountId: string;
  readonly start: Date;
  readonly postings: bigint;
  readonly refined: boolean;
}

interface Place {
  readonly axis: BalanceAxis;
  readonly level: BucketLevel;
}

/**
 * Adds the postings of transactions that have just got their seals to the buckets, in the same transaction. One caller
 * at a time.
 */
export async function addToBuckets(em: EntityManager, transactionIds: readonly string[]): Promise<void> {
  for (const axis of BALANCE_AXES) {
    const full: Bucket[][] = [];
    let parent: BucketLevel | undefined;
    for (const level of BUCKET_LEVELS) {
      const grown = await grow(em, { axis, level, parent, transactionIds });
      full.push(grown.filter(isFull));
      if (!grown.some(({ refined }) => refined)) break;
      parent = level;
    }
    await refineAll(em, axis, full);
  }
}

/** From the coarsest level on: buckets that are new on a finer one may be full at once. */
async function refineAll(em: EntityManager, axis: BalanceAxis, full: readonly Bucket[][]): Promise<void> {
  let fresh: Bucket[] = [];
  for (const [at, level] of BUCKET_LEVELS.slice(0, -1).entries()) {
    const crowded = [...fresh, ...(full[at] ?? [])];
    const child = BUCKET_LEVELS[at + 1];
    fresh = crowded.length > 0 && child ? (await refine(em, { axis, level, child, crowded })).filter(isFull) : [];
  }
}

function isFull({ refined, postings }: Bucket): boolean {
  return !refined && postings > POSTINGS_A_BUCKET;
}

/** Adds to the buckets of a level that are there, or should be: below the first level, those within a refined one. */
async function grow(
  em: EntityManager,
  {
    axis,
    level,
    parent,
    transactionIds,
  }: Place & { parent: BucketLevel | undefined; transactionIds: readonly string[] },
): Promise<Bucket[]> {
  const at = sql.ref(`posting.${COLUMN_OF_AXIS[axis]}`);
  const { rows } = await sql<Bucket>`
    insert into ledger_balance_buckets as bucket (account_id, axis, level, start, amount_minor, postings)
    select posting.account_id, ${axis}::text, ${level}::text, ${startOf(level, at)}, sum(posting.amount_minor), count(*)
    from ledger_postings posting
    where ${isAnyOf('posting.transaction_id', transactionIds)} ${isWithinRefined(axis, parent)}
    group by 1, 4
    on conflict (account_id, axis, level, start) do update
      set amount_minor = bucket.amount_minor + excluded.amount_minor, postings = bucket.postings + excluded.postings
    returning ${returned}`.execute(rowsOf(em));
  return rows;
}

/** Gives full buckets their finer ones, from all that is sealed. @returns the finer ones */
async function refine(
  em: EntityManager,
  { axis, level, child, crowded }: Place & { child: BucketLevel; crowded: readonly Bucket[] },
): Promise<Bucket[]> {
  const at = sql.ref(`posting.${COLUMN_OF_AXIS[axis]}`);
  const keys = JSON.stringify(crowded.map(({ accountId, start }) => ({ account_id: accountId, start })));
  const { rows } = await sql<Bucket>`
    with crowded as (
      update ledger_balance_buckets bucket set refined = true
      from jsonb_to_recordset(${keys}::jsonb) as named (account_id uuid, start timestamptz)
      where bucket.account_id = named.account_id and bucket.axis = ${axis} and bucket.level = ${level}
        and bucket.start = named.start
      returning bucket.account_id, bucket.start)
    insert into ledger_balance_buckets as bucket (account_id, axis, level, start, amount_minor, postings)
    select posting.account_id, ${axis}::text, ${child}::text, ${startOf(child, at)}, sum(posting.amount_minor), count(*)
    from crowded
    join ledger_postings posting on posting.account_id = crowded.account_id
      and ${at} >= crowded.start and ${at} < ${endOf(level, sql.ref('crowded.start'))}
    where exists (select from ledger_seals seal where seal.transaction_id = posting.transaction_id)
    group by 1, 4
    returning ${returned}`.execute(rowsOf(em));
  return rows;
}

const returned = sql`bucket.account_id as "accountId", bucket.start, bucket.postings, bucket.refined`;

/** Narrows postings to those within a bucket of the coarser level that has finer ones; all on the coarsest. */
export function isWithinRefined(axis: BalanceAxis, parent: BucketLevel | undefined): RawBuilder<unknown> {
  if (!parent) return sql``;
  return sql`and exists (
    select from ledger_balance_buckets coarser
    where coarser.account_id = posting.account_id and coarser.axis = ${axis} and coarser.level = ${parent}
      and coarser.start = ${startOf(parent, sql.ref(`posting.${COLUMN_OF_AXIS[axis]}`))} and coarser.refined)`;
}

/** Units and levels have the same names. */
export function startOf(level: BucketLevel, instant: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`date_trunc(${sql.lit(level)}, ${instant}, 'UTC')`;
}

function endOf(level: BucketLevel, start: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`((${start} at time zone 'UTC' + ${sql.lit(`1 ${level}`)}::interval) at time zone 'UTC')`;
}
