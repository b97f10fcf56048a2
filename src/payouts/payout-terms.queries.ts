import { type Kysely, sql } from 'kysely';
import type { PartnerState } from '../partners/index.ts';

/** What contracts and the partner itself say about its payouts. */
export interface PayoutTerms {
  readonly partnerId: string;
  readonly partnerName: string;
  readonly partnerState: PartnerState;
  /** The highest that a contract in force asks for in the currency; zero without one. */
  readonly minimumMinor: bigint;
  /** Of the contract whose version in force is the latest; UTC without one. */
  readonly timeZone: string;
  /** The last version of where its money goes. */
  readonly detailsId: string | null;
}

/**
 * Terms of partners in one currency, by partner: one statement, however many.
 *
 * @param at which versions are in force: of those in effect and signed by then, the highest number of each contract
 */
export async function findPayoutTerms(
  rows: Kysely<object>,
  { partnerIds, currency, at }: { partnerIds: readonly string[]; currency: string; at: Date },
): Promise<ReadonlyMap<string, PayoutTerms>> {
  const { rows: found } = await sql<PayoutTerms>`
    with in_force as (
      select distinct on (party.partner_id, contract.id)
             party.partner_id, contract.id, contract.time_zone, version.effective_from, version.payout_minimums
      from contract_parties party
      join contracts contract on contract.id = party.contract_id
      join contract_versions version on version.contract_id = contract.id
      where party.partner_id = any(${partnerIds}::uuid[]) and contract.state <> 'ENDED'
        and (contract.ends_at is null or contract.ends_at > ${at})
        and version.effective_from <= ${at} and version.recorded_at <= ${at}
      order by party.partner_id, contract.id, version.number desc),
    minimums as (
      select in_force.partner_id, max((minimum ->> 'amount')::bigint) as amount
      from in_force cross join lateral jsonb_array_elements(in_force.payout_minimums) minimum
      where minimum ->> 'currency' = ${currency} group by in_force.partner_id),
    zones as (
      select distinct on (partner_id) partner_id, time_zone from in_force
      order by partner_id, effective_from desc, id),
    latest_details as (
      select distinct on (partner_id) partner_id, id from payout_details
      where partner_id = any(${partnerIds}::uuid[]) order by partner_id, number desc)
    select partner.id as "partnerId", partner.name as "partnerName", partner.state as "partnerState",
           coalesce(minimums.amount, 0)::bigint as "minimumMinor", coalesce(zones.time_zone, 'UTC') as "timeZone",
           latest_details.id as "detailsId"
    from partners partner
    left join minimums on minimums.partner_id = partner.id
    left join zones on zones.partner_id = partner.id
    left join latest_details on latest_details.partner_id = partner.id
    where partner.id = any(${partnerIds}::uuid[])`.execute(rows);
  return new Map(found.map((terms) => [terms.partnerId, terms]));
}
