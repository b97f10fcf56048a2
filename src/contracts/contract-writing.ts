import { sql } from 'kysely';
import { requireDomain } from '../domains/index.ts';
import { Partner } from '../partners/index.ts';
import { type EntityManager, rowsOf } from '../platform/database.ts';
import type { Platform } from '../platform/platform.ts';
import { type Actor, actorName } from '../shared/actor.ts';
import { InvalidInputError } from '../shared/domain-error.ts';
import type { Contract } from './contract.entity.ts';
import type { Side } from './contract-access.ts';
import type { CheckedVersion } from './contract-proposal.ts';
import { ContractTerm } from './contract-term.entity.ts';
import type { CheckedTerm } from './contract-terms.ts';
import { ContractVersion } from './contract-version.entity.ts';
import { type ContractTables, selectTerms } from './coverage.queries.ts';
import { counts } from './term-counters.ts';
import type { TermWords } from './term-row.ts';

/** @throws InvalidInputError for the first that cannot sign */
export async function requireSigningPartners(em: EntityManager, partnerIds: readonly string[]): Promise<void> {
  const partners = await em.find(Partner, { id: { $in: [...partnerIds] }, state: { $in: ['APPROVED', 'ACTIVE'] } });
  for (const [at, partnerId] of partnerIds.entries()) {
    if (partners.some(({ id }) => id === partnerId)) continue;
    throw new InvalidInputError(`parties.${at}.partnerId`, 'Only an approved or active partner can be a party.');
  }
}

/**
 * Checks that what scopes name is there, so that a clause whose scope is mistyped is not signed in vain.
 *
 * @param supplierIds only their contents are sold under the contract
 * @throws InvalidInputError that names the condition: `terms.2.contentId`
 */
export async function requireScopes(
  em: EntityManager,
  { terms, supplierIds }: { terms: readonly CheckedTerm[]; supplierIds: readonly string[] },
): Promise<void> {
  const contentIds = terms.flatMap(({ contentId }) => contentId ?? []);
  const campaignIds = terms.flatMap(({ campaignId }) => campaignId ?? []);
  // Contents and campaigns stand beside contracts, not below them: their tables are only looked at here.
  const { rows } = await sql<{ id: string }>`
    select id from contents where id = any(${contentIds}::uuid[]) and partner_id = any(${supplierIds}::uuid[])
    union all select id from campaigns where id = any(${campaignIds}::uuid[])`.execute(rowsOf(em));
  const known = new Set(rows.map(({ id }) => id));
  for (const { position, contentId, campaignId, domainCode } of terms) {
    const path = `terms.${position}`;
    if (contentId !== null && !known.has(contentId)) {
      throw new InvalidInputError(`${path}.contentId`, 'There is no such content of a supplier of the contract.');
    }
    if (campaignId !== null && !known.has(campaignId)) {
      throw new InvalidInputError(`${path}.campaignId`, 'There is no such campaign.');
    }
    if (domainCode !== null) await requireDomain(em, { field: `${path}.domainCode`, code: domainCode });
  }
}

/**
 * What a clause counts goes on under its number: the number must not come to count something else.
 *
 * @throws InvalidInputError that names the clause
 */
export async function requireSameCounters(
  em: EntityManager,
  contract: Contract,
  terms: readonly CheckedTerm[],
): Promise<void> {
  const signed = await em.find(ContractVersion, { contractId: contract.id, recordedAt: { $ne: null } });
  const ids = signed.map(({ id }) => id);
  const earlier = (await selectTerms(rowsOf<ContractTables>(em), ids)).filter(counts);
  const currencyOf = ({ currency }: TermWords) => currency ?? contract.currency;
  const isSame = (one: TermWords, other: TermWords) => one.kind === other.kind && currencyOf(one) === currencyOf(other);
  for (const term of terms.filter(counts)) {
    const before = earlier.find((it) => it.clause === term.clause && !isSame(it, term));
    if (!before) continue;
    const said = `Clause "${term.clause}" has counted a ${before.kind} in ${currencyOf(before)} until now`;
    throw new InvalidInputError(`terms.${term.position}.clause`, `${said}: give another number.`);
  }
}

/** Writes a version and its clauses. @param draft with who puts it on the table: a party, or the platform as null */
export function createVersion(
  em: EntityManager,
  { ids, clock }: Platform,
  draft: { contract: Contract; version: CheckedVersion; number: number; actor: Actor; side: Side },
): void {
  const { terms, ...words } = draft.version;
  const versionId = ids.next();
  const place = { contractId: draft.contract.id, number: draft.number };
  const proposed = { proposedAt: clock.now(), proposedBy: actorName(draft.actor), proposerId: draft.side };
  em.create(ContractVersion, { id: versionId, ...place, ...words, ...proposed }, { persist: true });
  for (const term of terms) em.create(ContractTerm, { id: ids.next(), versionId, ...term }, { persist: true });
}
