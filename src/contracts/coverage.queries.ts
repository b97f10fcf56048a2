import type { InferKyselyDB } from '@mikro-orm/postgresql';
import type { Kysely } from 'kysely';
import { type EntityManager, rowsOf } from '../platform/database.ts';
import { isAnyOf } from '../platform/is-any-of.ts';
import type { ContractSchema } from './contract.entity.ts';
import { ContractCoverage, knownEnd, type VersionInForce } from './contract-coverage.ts';
import type { ContractPartySchema } from './contract-party.entity.ts';
import type { ContractTermSchema } from './contract-term.entity.ts';
import type { ContractVersionSchema } from './contract-version.entity.ts';
import type { TermRow } from './term-row.ts';

export type ContractTables = InferKyselyDB<
  typeof ContractSchema | typeof ContractPartySchema | typeof ContractVersionSchema | typeof ContractTermSchema
>;

/**
 * What binds some suppliers: three statements, however many suppliers.
 *
 * @param knownAt versions recorded later, and notice given later, are left out; when absent, everything counts that is
 *   committed. Whoever books asks so: by the clock of a machine that is behind, a version could be missed for good
 */
export function findCoverage(
  em: EntityManager,
  options: { supplierIds: readonly string[]; knownAt?: Date },
): Promise<ContractCoverage> {
  return coverageOf(rowsOf<ContractTables>(em), options);
}

/** As `findCoverage`. @param rows within a transaction or outside of any */
export async function coverageOf(
  rows: Kysely<ContractTables>,
  { supplierIds, knownAt }: { supplierIds: readonly string[]; knownAt?: Date },
): Promise<ContractCoverage> {
  const bound = await rows
    .selectFrom('contract_parties as party')
    .innerJoin('contracts as contract', 'contract.id', 'party.contract_id')
    .select(['party.partner_id as supplierId', 'contract.id as contractId', 'contract.currencies'])
    .select(['contract.ends_at as endsAt', 'contract.notice_given_at as noticeGivenAt'])
    .where('party.role', '=', 'SUPPLIER')
    .where(isAnyOf('party.partner_id', supplierIds))
    .where('contract.state', 'not in', ['DRAFT', 'PROPOSED', 'COUNTERED'])
    .execute();
  const contractIds = [...new Set(bound.map(({ contractId }) => contractId))];
  const versions = await selectVersions(rows)
    .where(isAnyOf('version.contract_id', contractIds))
    .where('version.recorded_at', 'is not', null)
    .$if(knownAt !== undefined, (query) => query.where('version.recorded_at', '<=', knownAt ?? null))
    .execute();
  const known = versions.map((version) => toVersion(version, knownAt));
  const versionsOf = Map.groupBy(await withTerms(rows, known), ({ contractId }) => contractId);
  const contracts = bound.map((contract) => ({
    ...contract,
    endsAt: knownEnd(contract, knownAt),
    versions: versionsOf.get(contract.contractId) ?? [],
  }));
  return new ContractCoverage(contracts);
}

/** Versions by id with their terms, in force or not. @param rows within a transaction or outside of any */
export async function findVersionsWithTerms(
  rows: Kysely<ContractTables>,
  ids: readonly string[],
): Promise<VersionInForce[]> {
  const versions = await selectVersions(rows).where(isAnyOf('version.id', ids)).execute();
  return withTerms(
    rows,
    versions.map((version) => toVersion(version)),
  );
}

function selectVersions(rows: Kysely<ContractTables>) {
  return rows
    .selectFrom('contract_versions as version')
    .innerJoin('contracts as contract', 'contract.id', 'version.contract_id')
    .select(['version.id', 'version.number', 'version.effective_from as effectiveFrom'])
    .select(['version.recorded_at as recordedAt', 'version.rounding', 'version.pool_model as poolModel'])
    .select(['contract.id as contractId', 'contract.name as contractName'])
    .select(['version.hold_days as holdDays', 'version.payout_minimums as payoutMinimums'])
    .select(['contract.currency', 'contract.currencies', 'contract.time_zone as timeZone'])
    .select(['contract.ends_at as endsAt', 'contract.notice_given_at as noticeGivenAt']);
}

function toVersion<Row extends { endsAt: Date | null; noticeGivenAt: Date | null }>(
  { noticeGivenAt, ...version }: Row,
  knownAt?: Date,
) {
  return { ...version, endsAt: knownEnd({ endsAt: version.endsAt, noticeGivenAt }, knownAt) };
}

async function withTerms(
  rows: Kysely<ContractTables>,
  versions: readonly Omit<VersionInForce, 'terms'>[],
): Promise<VersionInForce[]> {
  const ids = versions.map(({ id }) => id);
  const termsOf = Map.groupBy(await selectTerms(rows, ids), ({ versionId }) => versionId);
  return versions.map((version) => ({ ...version, terms: termsOf.get(version.id) ?? [] }));
}

/** Terms of versions, each list by position. */
export function selectTerms(rows: Kysely<ContractTables>, versionIds: readonly string[]): Promise<TermRow[]> {
  return rows
    .selectFrom('contract_terms')
    .select(['id', 'version_id as versionId', 'position', 'clause', 'step', 'kind', 'basis', 'percent'])
    .select(['amount_minor as amountMinor', 'tiers', 'beneficiary', 'partner_id as partnerId', 'cost', 'window'])
    .select(['cap_minor as capMinor', 'cap_window as capWindow', 'max_months as maxMonths'])
    .select(['content_id as contentId', 'domain_code as domainCode', 'module', 'campaign_id as campaignId'])
    .select(['channel', 'currency', 'description'])
    .where(isAnyOf('version_id', versionIds))
    .orderBy('position')
    .execute();
}
