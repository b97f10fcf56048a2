import { sql } from 'kysely';
import { type EntityManager, rowsOf } from '../platform/database.ts';
import { CounterBook, type CounterPlace, type CounterRow } from './counter-book.ts';

/**
 * Locks counters until the transaction ends, and reads them; those that there are not yet begin at zero. Everybody
 * locks them in one order, so that writers wait for each other and never in a ring.
 */
export async function lockCounters(em: EntityManager, places: readonly CounterPlace[]): Promise<CounterBook> {
  const byName = new Map(places.map((place) => [namesOf(place).join('\u0000'), place]));
  if (byName.size === 0) return new CounterBook([]);
  const wanted = [...byName].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, place]) => place);
  const { rows } = await sql<CounterRow>`
    insert into allocation_counters (contract_id, currency, clause, subject, "window", kind, amount_minor)
    select "contractId", currency, clause, subject, "window", kind, 0 from jsonb_to_recordset(${JSON.stringify(wanted)})
      as wanted("contractId" uuid, currency text, clause text, subject text, "window" text, kind text)
    on conflict (contract_id, currency, clause, subject, "window", kind)
      do update set amount_minor = allocation_counters.amount_minor
    returning contract_id as "contractId", currency, clause, subject, "window", kind, amount_minor as "amountMinor"`.execute(
    rowsOf(em),
  );
  return new CounterBook(rows);
}

/** Reads all counters of a contract, and locks them until the transaction ends. */
export async function lockCountersOfContract(em: EntityManager, contractId: string): Promise<CounterBook> {
  await sql`
    select from allocation_counters where contract_id = ${contractId}::uuid
    order by currency, clause collate "C", subject collate "C", "window" collate "C", kind collate "C"
    for update`.execute(rowsOf(em));
  return readCountersOfContract(em, contractId);
}

/** All counters of a contract as they stand. */
export async function readCountersOfContract(em: EntityManager, contractId: string): Promise<CounterBook> {
  const { rows } = await sql<CounterRow>`
    select contract_id as "contractId", currency, clause, subject, "window", kind, amount_minor as "amountMinor"
    from allocation_counters where contract_id = ${contractId}::uuid`.execute(rowsOf(em));
  return new CounterBook(rows);
}

/** Writes what the counters have come to. */
export async function saveCounters(em: EntityManager, book: CounterBook): Promise<void> {
  const rows = book.rows().map((row) => ({ ...row, amountMinor: String(row.amountMinor) }));
  if (rows.length === 0) return;
  await sql`
    insert into allocation_counters (contract_id, currency, clause, subject, "window", kind, amount_minor)
    select "contractId", currency, clause, subject, "window", kind, "amountMinor"
    from jsonb_to_recordset(${JSON.stringify(rows)}) as counted(
      "contractId" uuid, currency text, clause text, subject text, "window" text, kind text, "amountMinor" bigint)
    on conflict (contract_id, currency, clause, subject, "window", kind)
      do update set amount_minor = excluded.amount_minor`.execute(rowsOf(em));
}

function namesOf({ contractId, currency, clause, subject, window, kind }: CounterPlace): string[] {
  return [contractId, currency, clause, subject, window, kind];
}
