import { windowDaysOf } from '../../src/campaigns/index.ts';
import type { DemoUser } from './catalogue.types.ts';
import { DAY_MS, DEMO_CURRENCY, type DemoCalendar } from './demo-calendar.ts';
import { demoId } from './demo-ids.ts';
import type { DemoCampaign, DemoConversion, DemoOrder, DemoTouchpoint } from './scenario.types.ts';

interface Evidence {
  readonly campaigns: readonly DemoCampaign[];
  readonly touchpoints: readonly DemoTouchpoint[];
}

/** Every order and every sign-up of a learner in the history, each with the campaign that may claim it. */
export function deriveConversions(
  happened: { learners: readonly DemoUser[]; orders: readonly DemoOrder[] },
  evidence: Evidence,
  calendar: DemoCalendar,
): readonly DemoConversion[] {
  const claim = claimant(evidence);
  const registrations = happened.learners
    .filter(({ createdAt }) => createdAt >= calendar.startsAt)
    .map(({ id, key, createdAt }) => registration({ id, key, createdAt }, claim));
  const purchases = happened.orders.map((order) => purchase(order, claim));
  return [...registrations, ...purchases].sort((left, right) => left.occurredAt.getTime() - right.occurredAt.getTime());
}

interface Claimed {
  readonly userId: string;
  readonly at: Date;
  /** Contents of which the campaign must promote one; null when any campaign may claim. */
  readonly contentIds: readonly string[] | null;
}
type Claim = (claimed: Claimed) => string | null;

/** The campaign of the last contact at or before the moment and inside the window that its campaign gives to its kind. */
function claimant({ campaigns, touchpoints }: Evidence): Claim {
  const campaignById = new Map(campaigns.map((campaign) => [campaign.id, campaign]));
  const contactsByUser = Map.groupBy(touchpoints, ({ userId }) => userId);
  return ({ userId, at, contentIds }) => {
    const last = contactsByUser.get(userId)?.findLast(({ campaignId, kind, occurredAt }) => {
      const campaign = campaignById.get(campaignId);
      if (!campaign || occurredAt > at) return false;
      const windowDays = windowDaysOf(kind, campaign);
      const inWindow = windowDays !== null && at.getTime() - occurredAt.getTime() <= windowDays * DAY_MS;
      return inWindow && (contentIds === null || contentIds.some((id) => campaign.contentIds.includes(id)));
    });
    return last?.campaignId ?? null;
  };
}

function registration(user: { id: string; key: string; createdAt: Date }, claim: Claim): DemoConversion {
  return {
    id: demoId('conversion', `registration:${user.key}`),
    kind: 'REGISTRATION',
    userId: user.id,
    orderId: null,
    campaignId: claim({ userId: user.id, at: user.createdAt, contentIds: null }),
    valueMinor: 0n,
    currency: DEMO_CURRENCY,
    occurredAt: user.createdAt,
  };
}

function purchase(order: DemoOrder, claim: Claim): DemoConversion {
  const contentIds = order.items.map((item) => item.contentId);
  return {
    id: demoId('conversion', `purchase:${order.number}`),
    kind: 'PURCHASE',
    userId: order.userId,
    orderId: order.id,
    campaignId: claim({ userId: order.userId, at: order.placedAt, contentIds }),
    valueMinor: order.totalMinor,
    currency: order.currency,
    occurredAt: order.payment.paidAt,
  };
}
