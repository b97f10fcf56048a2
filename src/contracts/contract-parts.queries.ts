import type { InferKyselyDB } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { RoundingRule } from '../math/allocation/index.ts';
import type { Database } from '../platform/database.ts';
import { isAnyOf } from '../platform/is-any-of.ts';
import type { ContractState } from './contract.state.ts';
import type { ContractAcceptanceSchema } from './contract-acceptance.entity.ts';
import type { ContractPartySchema, PartyRole } from './contract-party.entity.ts';
import type { ContractStepSchema } from './contract-step.entity.ts';
import type { ContractTermSchema } from './contract-term.entity.ts';
import type { ContractVersionSchema, PayoutMinimum, PoolModel } from './contract-version.entity.ts';
import { type ContractTables, selectTerms } from './coverage.queries.ts';
import type { TermRow } from './term-row.ts';

type Tables = InferKyselyDB<
  | typeof ContractPartySchema
  | typeof ContractVersionSchema
  | typeof ContractAcceptanceSchema
  | typeof ContractStepSchema
  | typeof ContractTermSchema
>;

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
  readonly holdDays: number;
  readonly payoutMinimums: readonly PayoutMinimum[];
  readonly note: string;
  readonly proposedAt: Date;
  readonly proposedBy: string;
  /** The party that put it on the table; null for the platform. */
  readonly proposerId: string | null;
  readonly withdrawnAt: Date | null;
  readonly withdrawnBy: string | null;
  readonly withdrawalReason: string | null;
}

export interface AcceptanceRow {
  readonly versionId: string;
  /** Null for the platform. */
  readonly partnerId: string | null;
  readonly acceptedAt: Date;
  readonly acceptedBy: string;
  readonly reason: string;
}

export interface ContractStepRow {
  readonly contractId: string;
  readonly fromState: ContractState | null;
  readonly toState: ContractState;
  readonly by: string;
  readonly reason: string;
  readonly at: Date;
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
    .select(['hold_days as holdDays', 'payout_minimums as payoutMinimums', 'proposed_by as proposedBy'])
    .select(['proposer_id as proposerId', 'withdrawn_at as withdrawnAt', 'withdrawn_by as withdrawnBy'])
    .select('withdrawal_reason as withdrawalReason')
    .where(isAnyOf('contract_id', contractIds))
    .orderBy('number')
    .execute();
}

/** Terms of versions, each list in the order of the contract. */
export function findTermsOfVersions(database: Database, versionIds: readonly string[]): Promise<TermRow[]> {
  return selectTerms(database.read<ContractTables>(), versionIds);
}

/** Who has accepted versions, in the order in which they did. */
export function findAcceptancesOfVersions(database: Database, versionIds: readonly string[]): Promise<AcceptanceRow[]> {
  return database
    .read<Tables>()
    .selectFrom('contract_acceptances')
    .select(['version_id as versionId', 'partner_id as partnerId'])
    .select(['accepted_at as acceptedAt', 'accepted_by as acceptedBy', 'reason'])
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

/** Currencies of the contracts of versions: that of amounts in clauses which name none. */
export function findCurrenciesOfVersions(
  database: Database,
  versionIds: readonly string[],
): Promise<{ id: string; currency: string }[]> {
  return database
    .read<ContractTables>()
    .selectFrom('contract_versions')
    .innerJoin('contracts', 'contracts.id', 'contract_versions.contract_id')
    .select(['contract_versions.id', 'contracts.currency'])
    .where(isAnyOf('contract_versions.id', versionIds))
    .execute();
}
