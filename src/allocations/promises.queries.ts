import { sql } from 'kysely';
import { type ContractTables, findVersionsWithTerms, type VersionInForce } from '../contracts/index.ts';
import { type EntityManager, rowsOf } from '../platform/database.ts';

/** A contract that promises partners money beside their shares, with all its versions that were ever signed. */
export interface PromisingContract {
  readonly contractId: string;
  readonly supplierIds: readonly string[];
  readonly endsAt: Date | null;
  readonly versions: readonly VersionInForce[];
}

/**
 * Contracts that have a clause of a kind in some version: two statements and one for the terms.
 *
 * @param contractId all contracts, when null
 */
export async function findPromisingContracts(
  em: EntityManager,
  { kind, contractId }: { kind: 'ADVANCE' | 'MINIMUM_GUARANTEE'; contractId: string | null },
): Promise<PromisingContract[]> {
  const { rows } = await sql<Omit<PromisingContract, 'versions'> & { versionIds: string[] }>`
    select contract.id as "contractId", contract.ends_at as "endsAt",
           array(select party.partner_id::text from contract_parties party
             where party.contract_id = contract.id and party.role = 'SUPPLIER' order by 1) as "supplierIds",
           array(select version.id::text from contract_versions version
             where version.contract_id = contract.id and version.recorded_at is not null) as "versionIds"
    from contracts contract
    where (${contractId}::uuid is null or contract.id = ${contractId}::uuid)
      and exists (select from contract_versions version join contract_terms term on term.version_id = version.id
        where version.contract_id = contract.id and version.recorded_at is not null and term.kind = ${kind})
    order by contract.id`.execute(rowsOf(em));
  const versions = await findVersionsWithTerms(
    rowsOf<ContractTables>(em),
    rows.flatMap(({ versionIds }) => versionIds),
  );
  const versionsOf = Map.groupBy(versions, (version) => version.contractId);
  return rows.map(({ versionIds: _, ...contract }) => ({
    ...contract,
    versions: versionsOf.get(contract.contractId) ?? [],
  }));
}

/** Makes payments of a contract's advances wait for each other until the transaction ends. */
export async function lockAdvances(em: EntityManager, contractId: string): Promise<void> {
  await sql`select from contracts where id = ${contractId}::uuid for no key update`.execute(rowsOf(em));
}

/** What partners got ahead of sales by the clauses of a contract, by clause, partner and currency. */
export async function findAdvancesPaid(
  em: EntityManager,
  contractId: string,
): Promise<{ clause: string; partnerId: string; currency: string; paidMinor: bigint }[]> {
  const { rows } = await sql<{ clause: string; partnerId: string; currency: string; paidMinor: bigint }>`
    select term.clause, entry.partner_id as "partnerId", entry.currency, sum(entry.amount_minor)::bigint as "paidMinor"
    from contract_versions version
    join contract_terms term on term.version_id = version.id and term.kind = 'ADVANCE'
    join partner_entries entry on entry.source_id = term.id and entry.kind = 'ADVANCE'
    where version.contract_id = ${contractId}::uuid
    group by 1, 2, 3`.execute(rowsOf(em));
  return rows;
}
