import { present } from '../../src/shared/invariant.ts';
import type { Random } from '../../src/shared/random.ts';
import type { CampaignSpec } from './campaign-spec.ts';
import { campaignSpecs } from './campaign-specs.ts';
import { contentId } from './contents.ts';
import { DAY_MS, DEMO_CURRENCY, type DemoCalendar, localDay } from './demo-calendar.ts';
import { demoId } from './demo-ids.ts';
import { managerId, partnerId } from './partners.ts';
import { weekdayWeight } from './rhythm.ts';
import { between, randomStream } from './sampling.ts';
import type { CampaignStatus, DemoCampaign, DemoCampaignCost, DemoTransition } from './scenario.types.ts';

const PLANNED_DAYS_BEFORE = 7;
const DRAFTED_DAYS_BEFORE = 21;

export function buildCampaigns(calendar: DemoCalendar): readonly DemoCampaign[] {
  return Object.entries(campaignSpecs).map(([key, spec]) => {
    const transitions = transitionsOf(spec, calendar);
    return {
      id: demoId('campaign', key),
      key,
      name: spec.name,
      nameEn: spec.nameEn,
      goal: spec.goal,
      status: spec.status,
      leadPartnerId: partnerId(leadOf(spec)),
      partners: spec.partners.map((partner) => ({
        partnerId: partnerId(partner.key),
        role: partner.role,
        task: partner.task,
        channels: spec.reach.filter((reach) => reach.partner === partner.key).map(({ channel }) => channel),
      })),
      channels: [...new Set(spec.reach.map(({ channel }) => channel))],
      contentIds: spec.contents.map(contentId),
      budgetMinor: spec.budgetMinor,
      currency: DEMO_CURRENCY,
      startsAt: calendar.daysAgo(spec.startDaysAgo, 0),
      endsAt: calendar.daysAgo(spec.endDaysAgo, 0),
      attributionWindowDays: spec.windowDays,
      viewWindowDays: spec.viewWindowDays,
      transitions,
      createdAt: present(transitions[0], 'a first transition').at,
    };
  });
}

/** The half-open span in which a campaign was on air, epoch milliseconds; null when it never was. */
export function onAir(spec: CampaignSpec, calendar: DemoCalendar): { fromMs: number; toMs: number } | null {
  if (spec.status === 'DRAFT') return null;
  const endMs = calendar.daysAgo(spec.pausedDaysAgo ?? spec.endDaysAgo, 0).getTime();
  return {
    fromMs: calendar.daysAgo(spec.startDaysAgo, 0).getTime(),
    toMs: Math.min(endMs, calendar.endsAt.getTime()),
  };
}

/** Spending follows the week as the audience does, within a tenth; only full days are booked. */
export function buildCampaignCosts(calendar: DemoCalendar, seed: number): readonly DemoCampaignCost[] {
  const random = randomStream(seed, 'campaign-costs');
  return Object.entries(campaignSpecs).flatMap(([key, spec]) => {
    const span = onAir(spec, calendar);
    if (!span) return [];
    const days = Math.floor((span.toMs - span.fromMs) / DAY_MS);
    return Array.from({ length: days }, (_, index) => new Date(span.fromMs + index * DAY_MS)).flatMap((day) =>
      costsOfDay({ key, spec, day }, random),
    );
  });
}

function costsOfDay({ key, spec, day }: { key: string; spec: CampaignSpec; day: Date }, random: Random) {
  return spec.reach.map(({ partner, channel, costPerDayMinor }): DemoCampaignCost => {
    const perMille = BigInt(Math.round(1000 * weekdayWeight(day) * between(random, 0.9, 1.1)));
    return {
      id: demoId('campaign-cost', `${key}:${partner}:${channel}:${localDay(day)}`),
      campaignId: demoId('campaign', key),
      partnerId: partnerId(partner),
      channel,
      day: localDay(day),
      amountMinor: (costPerDayMinor * perMille) / 1000n,
      currency: DEMO_CURRENCY,
    };
  });
}

function transitionsOf(spec: CampaignSpec, calendar: DemoCalendar): DemoTransition<CampaignStatus>[] {
  const byUserId = managerId(leadOf(spec));
  const draftedDaysAgo = spec.status === 'DRAFT' ? 3 : spec.startDaysAgo + DRAFTED_DAYS_BEFORE;
  const steps: DemoTransition<CampaignStatus>[] = [];
  const add = (to: CampaignStatus, at: Date, reason: string): void => {
    steps.push({ from: steps.at(-1)?.to ?? null, to, at, byUserId, reason });
  };
  add('DRAFT', calendar.daysAgo(draftedDaysAgo), '立项，邀请伙伴。');
  if (spec.status === 'DRAFT') return steps;
  add('PLANNED', calendar.daysAgo(spec.startDaysAgo + PLANNED_DAYS_BEFORE), '分工、预算与素材均已确认。');
  add('LIVE', calendar.daysAgo(spec.startDaysAgo, 0), '按计划开始。');
  if (spec.status === 'ENDED') add('ENDED', calendar.daysAgo(spec.endDaysAgo, 0), '按计划结束。');
  if (spec.pausedDaysAgo !== undefined) add('PAUSED', calendar.daysAgo(spec.pausedDaysAgo, 0), spec.pauseReason ?? '');
  return steps;
}

function leadOf(spec: CampaignSpec): string {
  return present(
    spec.partners.find(({ role }) => role === 'LEAD'),
    'a lead partner',
  ).key;
}
