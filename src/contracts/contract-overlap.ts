import { type RawBuilder, sql } from 'kysely';
import { type EntityManager, rowsOf } from '../platform/database.ts';
import type { Contract } from './contract.entity.ts';
import { ContractOverlapError } from './contract.errors.ts';

interface OverlapRow {
  readonly supplierName: string;
  readonly currency: string;
  readonly otherId: string;
  readonly otherName: string;
}

/**
 * Refuses that a supplier is bound by two contracts for the same sales: of one currency, at one time. Two contracts
 * that are signed at once must see each other: one after the other, then.
 *
 * @param effectiveFrom of the version that is about to count
 * @throws ContractOverlapError
 */
export async function assertNoOverlap(
  em: EntityManager,
  { contract, effectiveFrom }: { contract: Contract; effectiveFrom: Date },
): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('contracts-come-into-force'))`.execute(rowsOf(em));
  const overlap = await findOverlap(em, contract, effectiveFrom);
  if (!overlap) return;
  const { supplierName, currency, otherId, otherName } = overlap;
  throw new ContractOverlapError({ supplierName, currency, contract, other: { id: otherId, name: otherName } });
}

/** A contract splits sales from the earliest date of its signed versions until its end, if it has one. */
async function findOverlap(em: EntityManager, contract: Contract, effectiveFrom: Date): Promise<OverlapRow | null> {
  const { id, currencies, endsAt = null } = contract;
  const { rows } = await sql<OverlapRow>`
    select partners.name as "supplierName", common.currency, other.id as "otherId", other.name as "otherName"
    from contract_parties mine
    join contract_parties theirs on theirs.partner_id = mine.partner_id and theirs.role = 'SUPPLIER'
    join contracts other on other.id = theirs.contract_id and other.id <> mine.contract_id
    join partners on partners.id = mine.partner_id
    cross join lateral (${beginOf(sql.ref('other.id'))}) their
    cross join lateral (${beginOf(sql`${id}::uuid`)}) own
    cross join lateral (
      select currency from unnest(other.currencies) as currency where currency = any(${currencies}::text[]) limit 1
    ) common
    where mine.contract_id = ${id} and mine.role = 'SUPPLIER'
      and their.begins_at is not null and (other.ends_at is null or other.ends_at > their.begins_at)
      and tstzrange(least(${effectiveFrom}::timestamptz, own.begins_at), ${endsAt}::timestamptz)
        && tstzrange(their.begins_at, other.ends_at)
    order by mine.id, other.id
    limit 1`.execute(rowsOf(em));
  return rows[0] ?? null;
}

/** Null for a contract that is not signed. */
function beginOf(contractId: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    select min(effective_from) as begins_at from contract_versions
    where contract_id = ${contractId} and recorded_at is not null`;
}
