import type { InferKyselyDB } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { RoundingRule } from '../math/allocation/index.ts';
import type { PartnerSchema } from '../partners/index.ts';
import { type Database, type EntityManager, rowsOf } from '../platform/database.ts';
import { isAnyOf } from '../platform/is-any-of.ts';
import { type Actor, partnerScope } from '../shared/actor.ts';
import { readInstantCursor } from '../shared/keyset.ts';
import { type Page, type PageRequest, pageOf } from '../shared/page.ts';
import type { ContractSchema } from './contract.entity.ts';
import type { ContractState } from './contract.state.ts';
import type { ContractAcceptanceSchema } from './contract-acceptance.entity.ts';
import type { ContractPartySchema, PartyRole } from './contract-party.entity.ts';
import type { ContractStepSchema } from './contract-step.entity.ts';
import type { ContractTermSchema } from './contract-term.entity.ts';
import type { ContractVersionSchema, PoolModel } from './contract-version.entity.ts';
import { BINDING_STATES, selectTerms } from './coverage.queries.ts';
import type { TermRow } from './term-row.ts';

type Tables = InferKyselyDB<
  | typeof ContractSchema
  | typeof ContractPartySchema
  | typeof ContractVersionSchema
  | typeof ContractAcceptanceSchema
  | typeof ContractStepSchema
  | typeof ContractTermSchema
  | typeof PartnerSchema
>;

export interface ContractRow {
  readonly id: string;
  readonly name: string;
  readonly currency: string;
  readonly timeZone: string;
  readonly state: ContractState;
  readonly createdAt: Date;
}

export interface PartyRow {
  readonly contractId: string;
  readonly partnerId: string;
  readonly role: PartyRole;
}

export interface VersionRow {
  readonly id: string;
  readonly contractId: string;
  readonly number: number;
  readonly effectiveFrom: Date;
  readonly recordedAt: Date | null;
  readonly rounding: RoundingRule;
  readonly poolModel: PoolModel;
  readonly note: string;
  readonly proposedAt: Date;
}

export interface AcceptanceRow {
  readonly versionId: string;
  /** Null for the platform. */
  readonly partnerId: string | null;
  readonly acceptedAt: Date;
  readonly acceptedBy: string;
}

export interface ContractStepRow {
  readonly contractId: string;
  readonly fromState: ContractState | null;
  readonly toState: ContractState;
  readonly by: string;
  readonly reason: string;
  readonly at: Date;
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

function visibleContracts(database: Database, actor: Actor) {
  const scope = partnerScope(actor, { staffRoles: CONTRACT_STAFF });
  const query = database
    .read<Tables>()
    .selectFrom('contracts')
    .select(['contracts.id', 'name', 'currency', 'time_zone as timeZone', 'state', 'created_at as createdAt']);
  if (scope === 'ALL') return query;
  return query.where(({ exists, selectFrom }) =>
    exists(
      selectFrom('contract_parties')
        .select('id')
        .whereRef('contract_id', '=', 'contracts.id')
        .where(isAnyOf('partner_id', scope)),
    ),
  );
}

/** Parties of contracts, suppliers first. */
export function findPartiesOfContracts(database: Database, contractIds: readonly string[]): Promise<PartyRow[]> {
  return database
    .read<Tables>()
    .selectFrom('contract_parties')
    .select(['contract_id as contractId', 'partner_id as partnerId', 'role'])
    .where(isAnyOf('contract_id', contractIds))
    .orderBy(sql`array_position(array['SUPPLIER', 'LICENSOR', 'PROMOTER'], role)`)
    .orderBy('id')
    .execute();
}

/** Versions of contracts, first one first. */
export function findVersionsOfContracts(database: Database, contractIds: readonly string[]): Promise<VersionRow[]> {
  return database
    .read<Tables>()
    .selectFrom('contract_versions')
    .select(['id', 'contract_id as contractId', 'number', 'effective_from as effectiveFrom'])
    .select(['recorded_at as recordedAt', 'rounding', 'pool_model as poolModel', 'note', 'proposed_at as proposedAt'])
    .where(isAnyOf('contract_id', contractIds))
    .orderBy('number')
    .execute();
}

/** Terms of versions, each list in the order of the contract. */
export function findTermsOfVersions(database: Database, versionIds: readonly string[]): Promise<TermRow[]> {
  return selectTerms(database.read(), versionIds);
}

/** Who has accepted versions, in the order in which they did. */
export function findAcceptancesOfVersions(database: Database, versionIds: readonly string[]): Promise<AcceptanceRow[]> {
  return database
    .read<Tables>()
    .selectFrom('contract_acceptances')
    .select(['version_id as versionId', 'partner_id as partnerId'])
    .select(['accepted_at as acceptedAt', 'accepted_by as acceptedBy'])
    .where(isAnyOf('version_id', versionIds))
    .orderBy('accepted_at')
    .orderBy('id')
    .execute();
}

/** Steps of contracts, oldest first. */
export function findStepsOfContracts(database: Database, contractIds: readonly string[]): Promise<ContractStepRow[]> {
  return database
    .read<Tables>()
    .selectFrom('contract_steps')
    .select(['contract_id as contractId', 'from_state as fromState', 'to_state as toState', 'by', 'reason', 'at'])
    .where(isAnyOf('contract_id', contractIds))
    .orderBy('at')
    .orderBy('id')
    .execute();
}

/** A supplier of the contract that another contract of the same currency binds, and that contract. */
export async function findOverlap(
  em: EntityManager,
  { contractId, currency }: { contractId: string; currency: string },
): Promise<{ supplierName: string; otherId: string; otherName: string } | null> {
  const row = await rowsOf<Tables>(em)
    .selectFrom('contract_parties as mine')
    .innerJoin('contract_parties as theirs', 'theirs.partner_id', 'mine.partner_id')
    .innerJoin('contracts as other', 'other.id', 'theirs.contract_id')
    .innerJoin('partners', 'partners.id', 'mine.partner_id')
    .select(['partners.name as supplierName', 'other.id as otherId', 'other.name as otherName'])
    .where('mine.contract_id', '=', contractId)
    .where('mine.role', '=', 'SUPPLIER')
    .where('theirs.role', '=', 'SUPPLIER')
    .where('other.id', '<>', contractId)
    .where('other.currency', '=', currency)
    .where('other.state', 'in', BINDING_STATES)
    .orderBy('mine.id')
    .limit(1)
    .executeTakeFirst();
  return row ?? null;
}
