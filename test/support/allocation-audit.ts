import { traceShares } from '../../src/allocations/index.ts';
import { allocateRefund, type RoundingRule } from '../../src/math/allocation/index.ts';
import { system } from '../../src/shared/actor.ts';
import { rawSql } from './ledger.ts';
import type { TestApp } from './test-app.ts';

interface StandingRow {
  readonly amount: string;
  readonly contract: string;
  readonly currency: string;
  readonly rounding: RoundingRule;
  readonly facts: {
    readonly counters?: readonly {
      readonly termId: string;
      readonly kind: string;
      readonly clause: string;
      readonly subject: string;
      readonly window: string;
      readonly addedMinor: string;
    }[];
  };
  readonly returned: string;
  readonly shares: readonly { readonly term: string | null; readonly amount: string }[];
}

const standing = (contractId: string) => `
  select a.amount_minor::text as amount, v.contract_id as contract, a.currency, v.rounding, a.facts,
    (select coalesce(-sum(r.amount_minor), 0)::text from allocations r where r.order_item_id = a.order_item_id
       and r.kind in ('REFUND', 'CHARGEBACK', 'CHARGEBACK_REVERSAL')) as returned,
    (select jsonb_agg(jsonb_build_object('term', s.term_id, 'amount', s.amount_minor::text) order by s.position)
       from allocation_shares s where s.allocation_id = a.id) as shares
  from allocations a join contract_versions v on v.id = a.contract_version_id
  where v.contract_id = '${contractId}' and a.kind in ('SALE', 'REALLOCATION')
    and not exists (select from allocations later where later.supersedes_id = a.id)`;

/** What the clauses of a contract have counted, added up from the splits that stand and what was given back of them. Zeros are left out. */
export async function recountCounters(app: TestApp, contractId: string): Promise<Record<string, bigint>> {
  const counted: Record<string, bigint> = {};
  for (const row of (await rawSql(app, standing(contractId))) as unknown as StandingRow[]) {
    const returnedMinor = BigInt(row.returned);
    const sharesMinor = row.shares.map(({ amount }) => BigInt(amount));
    const back = allocateRefund({
      sharesMinor,
      returnedMinor: sharesMinor.map(() => 0n),
      cumulativeMinor: returnedMinor,
      rounding: row.rounding,
    });
    for (const { termId, kind, clause, subject, window, addedMinor } of row.facts.counters ?? []) {
      const added = BigInt(addedMinor);
      let kept = added;
      if (kind === 'COUNTED' && returnedMinor > 0n) kept = added - (added * returnedMinor) / BigInt(row.amount);
      if (kind === 'TAKEN') {
        kept = row.shares.reduce((sum, share, at) => {
          const amount = BigInt(share.amount);
          return share.term === termId && amount > 0n ? sum + amount - (back[at] ?? 0n) : sum;
        }, 0n);
      }
      const name = [row.contract, row.currency, clause, subject, window, kind].join(' ');
      counted[name] = (counted[name] ?? 0n) + kept;
    }
  }
  return withoutZeros(counted);
}

/** What the table says that the clauses of a contract have counted. Zeros are left out. */
export async function storedCounters(app: TestApp, contractId: string): Promise<Record<string, bigint>> {
  const rows = (await rawSql(
    app,
    `select concat_ws(' ', contract_id, currency, clause, subject, "window", kind) as name, amount_minor::text as amount
     from allocation_counters where contract_id = '${contractId}'`,
  )) as unknown as { name: string; amount: string }[];
  return withoutZeros(Object.fromEntries(rows.map(({ name, amount }) => [name, BigInt(amount)])));
}

/** Kinds of a contract's allocations that do not come out the same when they are computed again. */
export async function unequalAllocations(app: TestApp, contractId: string): Promise<string[]> {
  const rows = (await rawSql(
    app,
    `select share.id from allocation_shares share join allocations a on a.id = share.allocation_id
     join contract_versions v on v.id = a.contract_version_id where v.contract_id = '${contractId}'`,
  )) as unknown as { id: string }[];
  const ids = rows.map(({ id }) => id);
  const traces = await traceShares(app.platform.database, system('test'), ids);
  return traces.filter(({ recomputation }) => !recomputation.isEqual).map(({ allocation }) => allocation.kind);
}

function withoutZeros(amounts: Record<string, bigint>): Record<string, bigint> {
  return Object.fromEntries(
    Object.entries(amounts)
      .filter(([, amount]) => amount !== 0n)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}
