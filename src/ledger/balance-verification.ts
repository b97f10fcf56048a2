import { sql } from 'kysely';
import { type EntityManager, rowsOf } from '../platform/database.ts';
import { isAnyOf } from '../platform/is-any-of.ts';
import { BALANCE_AXES, type BalanceAxis, BUCKET_LEVELS, type BucketLevel } from './balance-bucket.entity.ts';
import { COLUMN_OF_AXIS, isWithinRefined, startOf } from './balance-buckets.ts';
import type { LedgerTables } from './ledger.queries.ts';
import type { LedgerFault } from './ledger-faults.ts';

const ACCOUNTS_A_PAGE = 100;
const FIRST_ID = '00000000-0000-0000-0000-000000000000';

interface Place {
  readonly accountIds: readonly string[];
  readonly axis: BalanceAxis;
  readonly level: BucketLevel;
  readonly parent: BucketLevel | undefined;
}

/** Sums the sealed postings anew, some accounts at a time, and compares every bucket with them. */
export async function checkBuckets(em: EntityManager, goOn: (fraction: number) => void): Promise<LedgerFault | null> {
  const total = await countAccounts(em);
  let [after, seen] = [FIRST_ID, 0];
  for (;;) {
    goOn(seen / Math.max(1, total));
    const accountIds = await findAccountIdsAfter(em, after);
    for (const axis of BALANCE_AXES) {
      const fault = await checkAccounts(em, accountIds, axis);
      if (fault) return fault;
    }
    const last = accountIds.at(-1);
    if (last === undefined || accountIds.length < ACCOUNTS_A_PAGE) return null;
    [after, seen] = [last, seen + accountIds.length];
  }
}

async function checkAccounts(
  em: EntityManager,
  accountIds: readonly string[],
  axis: BalanceAxis,
): Promise<LedgerFault | null> {
  let parent: BucketLevel | undefined;
  for (const level of BUCKET_LEVELS) {
    const wrong = await findWrongBucket(em, { accountIds, axis, level, parent });
    if (wrong) {
      const { code, currency, start, kept, summed } = wrong;
      const detail = `${axis} ${level} ${start.toISOString()} of ${code} in ${currency} is ${kept}; its postings sum to ${summed}.`;
      return { kind: 'BALANCE_DIFFERS', transactionId: null, sequence: null, detail };
    }
    parent = level;
  }
  return null;
}

/** The sums of a level are compared even where there should be none, so that nothing else stands there either. */
async function findWrongBucket(em: EntityManager, { accountIds, axis, level, parent }: Place) {
  const at = sql.ref(`posting.${COLUMN_OF_AXIS[axis]}`);
  const { rows } = await sql<{ code: string; currency: string; start: Date; kept: string; summed: string }>`
    with summed as (
      select posting.account_id, ${startOf(level, at)} as start, sum(posting.amount_minor) as amount_minor,
             count(*) as postings
      from ledger_postings posting
      where ${isAnyOf('posting.account_id', accountIds)}
        and not exists (select from ledger_unsealed waiting where waiting.transaction_id = posting.transaction_id)
        ${isWithinRefined(axis, parent)}
      group by 1, 2),
    kept as (
      select account_id, start, amount_minor, postings from ledger_balance_buckets
      where ${isAnyOf('account_id', accountIds)} and axis = ${axis} and level = ${level})
    select account.code, account.currency, start,
           coalesce(kept.amount_minor::text, 'missing') as kept, coalesce(summed.amount_minor::text, 'nothing') as summed
    from summed full join kept using (account_id, start) join ledger_accounts account on account.id = account_id
    where summed.amount_minor is distinct from kept.amount_minor or summed.postings is distinct from kept.postings
    order by start, account.code limit 1`.execute(rowsOf(em));
  return rows[0];
}

async function findAccountIdsAfter(em: EntityManager, after: string): Promise<string[]> {
  const rows = await rowsOf<LedgerTables>(em)
    .selectFrom('ledger_accounts')
    .select('id')
    .where('id', '>', after)
    .orderBy('id')
    .limit(ACCOUNTS_A_PAGE)
    .execute();
  return rows.map(({ id }) => id);
}

async function countAccounts(em: EntityManager): Promise<number> {
  const row = await rowsOf<LedgerTables>(em)
    .selectFrom('ledger_accounts')
    .select(sql<number>`count(*)::int`.as('accounts'))
    .executeTakeFirstOrThrow();
  return row.accounts;
}
