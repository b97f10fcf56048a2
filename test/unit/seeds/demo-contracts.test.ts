import { describe, expect, test } from 'vitest';
import { buildDemoScenario } from '../../../seeds/demo/scenario.ts';
import type { DemoContent, DemoContractVersion } from '../../../seeds/demo/scenario.types.ts';
import { checkTerms } from '../../../src/contracts/contract-terms.ts';
import { TERM_KINDS } from '../../../src/contracts/index.ts';
import { present } from '../../../src/shared/invariant.ts';

const scenario = buildDemoScenario({ endsAt: new Date('2026-11-21T12:00:00Z') });
const versions = scenario.contracts.flatMap((contract) => contract.versions);
const terms = versions.flatMap((version) => version.terms);
const userIds = new Set(scenario.users.map(({ id }) => id));
const partnerIds = new Set(scenario.partners.map(({ id }) => id));

function inForce(at: Date, of: readonly DemoContractVersion[]): DemoContractVersion | undefined {
  return of.findLast(({ effectiveFrom }) => effectiveFrom <= at);
}

describe('contracts of the demo', () => {
  test('cover every content that is sold by exactly one contract', () => {
    const isSold = (content: DemoContent) => content.status === 'PUBLISHED' && content.priceMinor > 0n;
    for (const { partnerId } of scenario.contents.filter(isSold)) {
      const covering = scenario.contracts.filter(({ scope }) => scope.partnerIds.includes(partnerId));
      expect(covering.map(({ key }) => key)).toHaveLength(1);
    }
  });

  test('have a version in force at the first sale, accepted by the platform and every party before it took effect', () => {
    for (const { versions: own, partyIds } of scenario.contracts) {
      expect(inForce(scenario.salesStartAt, own)).toBeDefined();
      for (const { acceptances, effectiveFrom, proposedAt } of own) {
        expect(acceptances.map(({ partnerId }) => partnerId)).toEqual([null, ...partyIds]);
        expect(acceptances.every(({ at, byUserId }) => userIds.has(byUserId) && at > proposedAt)).toBe(true);
        expect(acceptances.every(({ at }) => at < effectiveFrom)).toBe(true);
      }
    }
  });

  test('change the percentages of one contract between the two closed periods', () => {
    const amended = scenario.contracts.filter(({ versions: own }) => own.length > 1);
    expect(amended).toHaveLength(1);
    const [first, second] = present(amended[0], 'the amended contract').versions;
    expect(second?.effectiveFrom).toEqual(scenario.closedPeriods[1]?.from);
    expect(second?.terms.map(({ percent }) => percent)).not.toEqual(first?.terms.map(({ percent }) => percent));
  });

  test('give exactly the rest to somebody in the last step of shares', () => {
    for (const { terms: own } of versions) {
      const shares = own.filter(({ kind }) => kind === 'PERCENTAGE' || kind === 'TIERED' || kind === 'FLAT');
      const lastStep = Math.max(...shares.map(({ step }) => step));
      const last = shares.filter(({ step }) => step === lastStep);
      expect(last.every(({ kind, basis }) => kind === 'PERCENTAGE' && basis === 'REST')).toBe(true);
      expect(last.reduce((sum, { percent }) => sum + Math.round(Number(percent) * 100), 0)).toBe(10_000);
    }
  });

  test('could be proposed as they are: each clause has a meaning, and all of them together', () => {
    for (const { versions: own, partyIds } of scenario.contracts) {
      for (const { terms: proposed, currency } of own) {
        const words = proposed.map(({ id: _, ...term }) => term);
        expect(checkTerms(words, { partyIds, currencies: [currency] })).toHaveLength(proposed.length);
      }
    }
  });

  test('show every kind of clause, a cap, and scopes of a content, a domain, a module and two of them', () => {
    expect(new Set(terms.map(({ kind }) => kind))).toEqual(new Set(TERM_KINDS));
    expect(terms.filter(({ capMinor }) => capMinor)).toHaveLength(1);
    const scopes = terms.map((term) => [
      term.contentId && 'content',
      term.domainCode && 'domain',
      term.module && 'module',
    ]);
    const named = scopes.map((scope) => scope.filter(Boolean).join(' and ')).filter(Boolean);
    expect(new Set(named)).toEqual(new Set(['content', 'domain', 'module', 'domain and module']));
    expect(new Set(versions.map(({ holdDays }) => holdDays)).size).toBeGreaterThan(1);
  });

  test('set scopes that sales meet, of contents and domains of their own suppliers', () => {
    const sold = scenario.orders.flatMap(({ items }) => items.map(({ contentId }) => contentId));
    const contentById = new Map(scenario.contents.map((content) => [content.id, content]));
    const domainById = new Map(scenario.domains.map(({ id, code }) => [id, code]));
    for (const { versions: own, scope } of scenario.contracts) {
      const contents = sold
        .map((id) => present(contentById.get(id), 'a content that is sold'))
        .filter(({ partnerId }) => scope.partnerIds.includes(partnerId));
      for (const term of own.flatMap((version) => version.terms)) {
        const met = contents.filter(
          ({ id, domainId, module }) =>
            (!term.contentId || term.contentId === id) &&
            (!term.domainCode || term.domainCode === domainById.get(domainId)) &&
            (!term.module || term.module === module),
        );
        expect(met.length).toBeGreaterThan(0);
      }
    }
  });

  test('have suppliers among their parties, and a model of attribution exactly where there is a pool', () => {
    for (const { versions: own, partyIds, scope } of scenario.contracts) {
      expect(scope.partnerIds.every((id) => partyIds.includes(id) && partnerIds.has(id))).toBe(true);
      for (const { terms: clauses, attributionModel } of own) {
        expect(attributionModel !== null).toBe(clauses.some(({ beneficiary }) => beneficiary === 'CAMPAIGN_POOL'));
      }
    }
  });
});
