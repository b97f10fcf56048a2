import type { InferKyselyDB } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { Database } from '../platform/database.ts';
import { isAnyOf } from '../platform/is-any-of.ts';
import { type Actor, partnerScope } from '../shared/actor.ts';
import { readInstantCursor } from '../shared/keyset.ts';
import { type Page, type PageRequest, pageOf } from '../shared/page.ts';
import type { ContractSchema } from './contract.entity.ts';
import type { ContractState } from './contract.state.ts';
import type { ContractPartySchema } from './contract-party.entity.ts';

type Tables = InferKyselyDB<typeof ContractSchema | typeof ContractPartySchema>;

export interface ContractRow {
  readonly id: string;
  readonly name: string;
  readonly currency: string;
  readonly currencies: readonly string[];
  readonly timeZone: string;
  readonly state: ContractState;
  readonly noticeDays: number;
  readonly noticeGivenAt: Date | null;
  readonly endsAt: Date | null;
  readonly createdAt: Date;
}

/** Staff who see every contract. */
export const CONTRACT_STAFF = ['ADMIN', 'FINANCE'] as const;

/** The contract, when the actor belongs to a party of it or is staff. */
export async function findVisibleContract(database: Database, actor: Actor, id: string): Promise<ContractRow | null> {
  const row = await visibleContracts(database, actor).where('contracts.id', '=', id).executeTakeFirst();
  return row ?? null;
}

/** Visible contracts, newest first. */
export async function findContractPage(
  database: Database,
  actor: Actor,
  page: PageRequest,
): Promise<Page<ContractRow>> {
  const after = readInstantCursor(page.after);
  const rows = await visibleContracts(database, actor)
    .$if(after !== null, (query) =>
      query.where(sql<boolean>`(created_at, contracts.id) < (${after?.at}, ${after?.id}::uuid)`),
    )
    .orderBy('created_at', 'desc')
    .orderBy('contracts.id', 'desc')
    .limit(page.first + 1)
    .execute();
  return pageOf(rows, page);
}

/** A draft is the platform's own: parties see a contract from when it is put to them. */
function visibleContracts(database: Database, actor: Actor) {
  const scope = partnerScope(actor, { staffRoles: CONTRACT_STAFF });
  const query = database
    .read<Tables>()
    .selectFrom('contracts')
    .select(['contracts.id', 'name', 'currency', 'currencies', 'time_zone as timeZone', 'state'])
    .select(['notice_days as noticeDays', 'notice_given_at as noticeGivenAt', 'ends_at as endsAt'])
    .select('created_at as createdAt');
  if (scope === 'ALL') return query;
  return query.where(isPartyTo(scope)).where(wasProposed);
}

function isPartyTo(partnerIds: readonly string[]) {
  return sql<boolean>`exists (
    select 1 from contract_parties
    where contract_parties.contract_id = contracts.id and ${isAnyOf('contract_parties.partner_id', partnerIds)})`;
}

/** Also of a contract that has ended: a draft that was thrown away stays unseen. */
const wasProposed = sql<boolean>`exists (
  select 1 from contract_steps
  where contract_steps.contract_id = contracts.id and contract_steps.to_state not in ('DRAFT', 'ENDED'))`;
