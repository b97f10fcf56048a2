import type { MemberRole } from '../../src/shared/actor.ts';
import { present } from '../../src/shared/invariant.ts';
import type { DemoCalendar } from './demo-calendar.ts';
import { demoId } from './demo-ids.ts';
import { domainId } from './domains.ts';
import type { PartnerSpec } from './partner-spec.ts';
import { alliedPartners } from './partners-allied.ts';
import { teachingPartners } from './partners-teaching.ts';
import type { DemoPartner, DemoTransition, PartnerStatus } from './scenario.types.ts';

export const partnerSpecs: Readonly<Record<string, PartnerSpec>> = { ...teachingPartners, ...alliedPartners };

export function buildPartners(calendar: DemoCalendar): readonly DemoPartner[] {
  return Object.entries(partnerSpecs).map(([key, spec]) => {
    const createdAt = calendar.daysAgo(spec.appliedDaysAgo);
    return {
      id: partnerId(key),
      key,
      name: spec.name,
      nameEn: spec.nameEn,
      kind: spec.kind,
      domainId: domainId(spec.domain),
      country: spec.country,
      website: `https://${key}.example`,
      description: spec.description,
      audience: spec.audience,
      status: spec.status,
      transitions: transitionsOf(spec, calendar),
      members: spec.members.map(({ key: member, role }) => ({
        userId: demoId('user', member),
        role,
        since: createdAt,
      })),
      createdAt,
    };
  });
}

/** @throws InvariantError for a key that no list has: links between hand-made lists break loudly. */
export function partnerId(key: string): string {
  present(partnerSpecs[key], `demo partner "${key}"`);
  return demoId('partner', key);
}

/** The person who signs for a partner. */
export function signatoryId(partner: string): string {
  return memberId(partner, 'OWNER');
}

/** The person who runs a partner's campaigns. */
export function managerId(partner: string): string {
  return memberId(partner, 'MANAGER');
}

function memberId(partner: string, role: MemberRole): string {
  const member = partnerSpecs[partner]?.members.find((candidate) => candidate.role === role);
  return demoId('user', present(member, `a member of "${partner}" with role ${role}`).key);
}

function transitionsOf(spec: PartnerSpec, calendar: DemoCalendar): DemoTransition<PartnerStatus>[] {
  const admin = demoId('user', 'demo-admin');
  const applicant = demoId('user', present(spec.members[0], 'a first member').key);
  const steps: DemoTransition<PartnerStatus>[] = [];
  const add = (to: PartnerStatus, daysAgo: number, reason: string): void => {
    const byUserId = to === 'APPLIED' ? applicant : admin;
    steps.push({ from: steps.at(-1)?.to ?? null, to, at: calendar.daysAgo(daysAgo), byUserId, reason });
  };
  add('APPLIED', spec.appliedDaysAgo, '提交合作申请。');
  add('SCREENING', spec.appliedDaysAgo - 2, '材料齐全，进入资质审核。');
  if (spec.status === 'SCREENING') return steps;
  add('APPROVED', spec.appliedDaysAgo - 9, '资质与样课审核通过。');
  add('ACTIVE', spec.appliedDaysAgo - 12, '合同签署完成，账户开通。');
  if (spec.suspended) add('SUSPENDED', spec.suspended.daysAgo, spec.suspended.reason);
  return steps;
}
