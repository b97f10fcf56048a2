import { present } from '../../src/shared/invariant.ts';
import { contentId } from './contents.ts';
import type { ContractSpec, TermSpec, VersionSpec } from './contract-spec.ts';
import { jointContracts } from './contracts-joint.ts';
import { supplyContracts } from './contracts-supply.ts';
import { DAY_MS, DEMO_CURRENCY, DEMO_TIME_ZONE, type DemoCalendar, HOUR_MS, startOfMonth } from './demo-calendar.ts';
import { demoId } from './demo-ids.ts';
import { partnerId, signatoryId } from './partners.ts';
import type { DemoAcceptance, DemoContract, DemoContractVersion, DemoTerm } from './scenario.types.ts';

const MONTHS_IN_FORCE_BEFORE_SALES = 4;
const DAY_OFFSETS = { proposed: 30, platformAccepts: 24, partnersAccept: 20 } as const;

export function buildContracts(calendar: DemoCalendar): readonly DemoContract[] {
  return Object.entries({ ...supplyContracts, ...jointContracts }).map(([key, spec]) => {
    const versions = spec.versions.map((version, index) =>
      buildVersion({ key, spec, version, number: index + 1 }, calendar),
    );
    return {
      id: demoId('contract', key),
      key,
      title: spec.title,
      titleEn: spec.titleEn,
      status: 'ACTIVE',
      partyIds: spec.parties.map(partnerId),
      scope: { kind: 'OWNERS', partnerIds: spec.ownersInScope.map(partnerId) },
      createdAt: present(versions[0], 'a first version').proposedAt,
      versions,
    };
  });
}

interface VersionDraft {
  readonly key: string;
  readonly spec: ContractSpec;
  readonly version: VersionSpec;
  readonly number: number;
}

function buildVersion({ key, spec, version, number }: VersionDraft, calendar: DemoCalendar): DemoContractVersion {
  const effectiveFrom = effectiveDate(version, calendar);
  const daysBefore = (days: number): Date => new Date(effectiveFrom.getTime() - days * DAY_MS + 10 * HOUR_MS);
  const name = `${key}:v${number}`;
  return {
    id: demoId('contract-version', name),
    number,
    proposedAt: daysBefore(DAY_OFFSETS.proposed),
    acceptances: acceptancesOf(spec, daysBefore),
    effectiveFrom,
    note: version.note,
    currency: DEMO_CURRENCY,
    timeZone: DEMO_TIME_ZONE,
    roundingRule: 'LARGEST_REMAINDER',
    holdDays: version.holdDays,
    payoutMinimumMinor: version.payoutMinimumMinor,
    attributionModel: version.attributionModel,
    terms: version.terms.map((term) => buildTerm(name, term)),
  };
}

function effectiveDate(version: VersionSpec, { salesStartAt, closedPeriods }: DemoCalendar): Date {
  switch (version.effective) {
    case 'BEFORE_SALES':
      return startOfMonth(salesStartAt, MONTHS_IN_FORCE_BEFORE_SALES);
    case 'WITH_SALES':
      return salesStartAt;
    case 'SECOND_CLOSED_PERIOD':
      return present(closedPeriods[1], 'a second closed period').from;
  }
}

function acceptancesOf(spec: ContractSpec, daysBefore: (days: number) => Date): DemoAcceptance[] {
  const platform = {
    partnerId: null,
    byUserId: demoId('user', 'demo-admin'),
    at: daysBefore(DAY_OFFSETS.platformAccepts),
  };
  const partners = spec.parties.map((party, index) => ({
    partnerId: partnerId(party),
    byUserId: signatoryId(party),
    at: daysBefore(DAY_OFFSETS.partnersAccept - index),
  }));
  return [platform, ...partners];
}

function buildTerm(version: string, { partner, content, ...term }: TermSpec): DemoTerm {
  return {
    id: demoId('term', `${version}:${term.clause}`),
    ...term,
    ...(partner && { partnerId: partnerId(partner) }),
    ...(content && { contentId: contentId(content) }),
  };
}
