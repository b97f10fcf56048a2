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

/** A guarantee of one window, and the sales that count for it. */
export interface GuaranteedWindow {
  readonly key: string;
  readonly contractId: string;
  readonly partnerId: string;
  readonly currency: string;
  readonly fromPeriod: string;
  readonly toPeriod: string;
  readonly contentId: string | null;
  readonly domainCode: string | null;
  readonly module: string | null;
  readonly campaignId: string | null;
  readonly channel: string | null;
}

/**
 * What partners earned of the sales in windows, less what was given back of these, whenever that was: what goes back of
 * an earlier window's sale is no loss that a later minimum makes up for. What paid an advance back was earned too.
 *
 * @returns by the key of the window
 */
export async function findEarned(
  em: EntityManager,
  windows: readonly GuaranteedWindow[],
): Promise<ReadonlyMap<string, bigint>> {
  const { rows } = await sql<{ key: string; earnedMinor: bigint }>`
    select guaranteed.key, coalesce(earned.minor, 0)::bigint as "earnedMinor"
    from jsonb_to_recordset(${JSON.stringify(windows)}) as guaranteed(
      key text, "contractId" uuid, "partnerId" uuid, currency text, "fromPeriod" text, "toPeriod" text,
      "contentId" uuid, "domainCode" text, module text, "campaignId" text, channel text)
    cross join lateral (
      select sum(share.posted_minor) as minor
      from contract_versions version
      join allocations allocation on allocation.contract_version_id = version.id
      join allocation_shares share on share.allocation_id = allocation.id
      join order_items item on item.id = allocation.order_item_id
      join allocations sale on sale.order_item_id = item.id and sale.kind = 'SALE'
      left join contract_terms term on term.id = share.term_id
      where version.contract_id = guaranteed."contractId" and allocation.currency = guaranteed.currency
        and sale.period between guaranteed."fromPeriod" and guaranteed."toPeriod"
        and share.partner_id = guaranteed."partnerId" and share.party = 'PARTNER'
        and term.kind is distinct from 'ADVANCE'
        and (guaranteed."contentId" is null or item.content_id = guaranteed."contentId")
        and (guaranteed."domainCode" is null or item.domain_code = guaranteed."domainCode")
        and (guaranteed.module is null or item.module = guaranteed.module)
        and (guaranteed."campaignId" is null or sale.facts -> 'scope' ->> 'campaignId' = guaranteed."campaignId")
        and (guaranteed.channel is null or sale.facts -> 'scope' ->> 'channel' = guaranteed.channel)
    ) earned`.execute(rowsOf(em));
  return new Map(rows.map(({ key, earnedMinor }) => [key, earnedMinor]));
}

/** Those of the idempotency keys under which something is posted. */
export async function findPostedKeys(em: EntityManager, keys: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ key: string }>`
    select idempotency_key as key from ledger_transactions where idempotency_key = any(${keys}::text[])`.execute(
    rowsOf(em),
  );
  return new Set(rows.map(({ key }) => key));
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
