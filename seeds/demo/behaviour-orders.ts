import type { Random } from '../../src/shared/random.ts';
import type { Engagement, Learner } from './behaviour-learners.ts';
import { chooseRefunds, type DraftedOrder, type Purchase } from './behaviour-refunds.ts';
import { isOnOffer } from './behaviour-shelf.ts';
import type { World } from './behaviour-world.ts';
import type { ContentKind, DemoContent } from './catalogue.types.ts';
import { DAY_MS, DEMO_CURRENCY, localDay } from './demo-calendar.ts';
import { demoId } from './demo-ids.ts';
import { chance, randomStream, wholeBetween } from './sampling.ts';
import type { DemoOrder, DemoOrderItem } from './scenario.types.ts';

const ORDERS = 3_000;
const SECOND_ITEM_SHARE = 0.13;
const THIRD_ITEM_SHARE = 0.03;
/** How much likelier someone buys whom a campaign brought to the content. */
const INTENT_PULL = 2.5;
const KIND_PULL: Readonly<Record<ContentKind, number>> = {
  COURSE: 1,
  BOOK: 1.3,
  LECTURE: 1.2,
  VIDEO: 0.9,
  PRODUCT: 0.9,
  EVENT: 0.8,
  CAREER_SERVICE: 0.6,
  ARTICLE: 0,
  FINANCIAL_PRODUCT: 0,
};
/** A price, in minor units, at which half as many buy. */
const HALVING_PRICE_MINOR = 30_000;
const LONGEST_THOUGHT_DAYS = 6;
const SLOWEST_PAYMENT_SECONDS = 180;
/** Exactly 3,000 orders out of what learners looked at; marks the bought engagements. */
export function placeOrders(learners: readonly Learner[], world: World): readonly DemoOrder[] {
  const random = randomStream(world.seed, 'orders');
  const purchases = choosePurchases(learners, world, random).sort((left, right) => left.placedAtMs - right.placedAtMs);
  const countByDay = new Map<string, number>();
  const drafts = purchases.map((purchase) => {
    const day = localDay(new Date(purchase.placedAtMs)).replaceAll('-', '');
    const count = (countByDay.get(day) ?? 0) + 1;
    countByDay.set(day, count);
    return draftOrder(purchase, `T${day}-${String(count).padStart(4, '0')}`, random);
  });
  const refunded = chooseRefunds(drafts, world);
  return drafts.map(({ order, purchase }) => {
    const refund = refunded.get(order.id) ?? null;
    for (const engagement of purchase.engagements) {
      engagement.boughtAtMs = order.payment.paidAt.getTime();
      engagement.refundedAtMs = refund?.refundedAt.getTime() ?? null;
    }
    return refund ? { ...order, status: 'REFUNDED', refund } : order;
  });
}

/**
 * Weighted choice without replacement by exponential keys (Efraimidis and Spirakis, 2006): the candidates with the
 * smallest -ln(u) / weight are bought.
 */
function choosePurchases(learners: readonly Learner[], world: World, random: Random): Purchase[] {
  const candidates = learners.flatMap((learner) =>
    [...learner.engagements.values()].flatMap((engagement) => {
      const placedAtMs = momentOfPurchase(learner, engagement, { world, random });
      const urge = placedAtMs === null ? 0 : eagerness(learner, engagement);
      const key = -Math.log(1 - random.next()) / urge;
      return placedAtMs === null || urge === 0 ? [] : [{ learner, engagement, placedAtMs, key }];
    }),
  );
  candidates.sort((left, right) => left.key - right.key);
  const chosen = candidates.slice(0, ORDERS);
  const taken = new Set(chosen.map(({ engagement }) => engagement));
  return chosen.map(({ learner, engagement, placedAtMs }) => {
    const extras = pickExtras(learner, { taken, placedAtMs, random });
    return { learner, engagements: [engagement, ...extras], placedAtMs };
  });
}

function momentOfPurchase(
  learner: Learner,
  engagement: Engagement,
  { world, random }: { world: World; random: Random },
): number | null {
  const { content } = engagement.item;
  const lookedMs = (engagement.intentAtMs ?? Math.min(...engagement.viewedAtMs)) + wholeBetween(random, 60, 900) * 1000;
  const endMs = world.calendar.endsAt.getTime() - 600_000;
  if (content.priceMinor === 0n || lookedMs < world.calendar.salesStartAt.getTime() || lookedMs >= endMs) return null;
  const atOnce = chance(random, 0.55);
  const untilMs = Math.min(lookedMs + LONGEST_THOUGHT_DAYS * DAY_MS, endMs);
  const placedAtMs = atOnce ? lookedMs : world.rhythm.between(random, lookedMs, untilMs);
  return mayBeBought(content, learner, placedAtMs) ? placedAtMs : null;
}

/** The offer must still stand when the payment comes in; it stood when the learner looked. */
function mayBeBought(content: DemoContent, learner: Learner, placedAtMs: number): boolean {
  return isOnOffer(content, learner.country, placedAtMs + SLOWEST_PAYMENT_SECONDS * 1000);
}

function eagerness(learner: Learner, { item, intentAtMs }: Engagement): number {
  const affordable = 0.5 ** (Number(item.content.priceMinor) / HALVING_PRICE_MINOR / learner.spending);
  const interest = 0.3 + (learner.attention.get(item.domain) ?? 0);
  return (
    KIND_PULL[item.content.kind] * affordable * interest * learner.spending * (intentAtMs === null ? 1 : INTENT_PULL)
  );
}

/** Now and then the basket holds something else that the learner had looked at in the weeks before. */
function pickExtras(
  learner: Learner,
  { taken, placedAtMs, random }: { taken: Set<Engagement>; placedAtMs: number; random: Random },
): Engagement[] {
  const draw = random.next();
  const wanted = draw < THIRD_ITEM_SHARE ? 2 : draw < THIRD_ITEM_SHARE + SECOND_ITEM_SHARE ? 1 : 0;
  if (wanted === 0) return [];
  const extras = [...learner.engagements.values()]
    .filter((candidate) => !taken.has(candidate) && candidate.item.content.priceMinor > 0n)
    .filter((candidate) => Math.min(...candidate.viewedAtMs) < placedAtMs)
    .filter((candidate) => mayBeBought(candidate.item.content, learner, placedAtMs))
    .slice(0, wanted);
  for (const extra of extras) taken.add(extra);
  return extras;
}

function draftOrder(purchase: Purchase, number: string, random: Random): DraftedOrder {
  const items = purchase.engagements.map(({ item: { content } }, index): DemoOrderItem => {
    return {
      id: demoId('order-item', `${number}:${index + 1}`),
      contentId: content.id,
      quantity: 1,
      unitPriceMinor: content.priceMinor,
    };
  });
  const totalMinor = items.reduce((sum, { unitPriceMinor }) => sum + unitPriceMinor, 0n);
  const order: DemoOrder = {
    id: demoId('order', number),
    key: number,
    number,
    userId: purchase.learner.user.id,
    status: 'PAID',
    items,
    totalMinor,
    currency: DEMO_CURRENCY,
    placedAt: new Date(purchase.placedAtMs),
    payment: {
      id: demoId('payment', number),
      provider: 'SANDBOX',
      providerReference: `sandbox-pay-${number}`,
      amountMinor: totalMinor,
      paidAt: new Date(purchase.placedAtMs + wholeBetween(random, 12, SLOWEST_PAYMENT_SECONDS) * 1000),
    },
    refund: null,
  };
  return { order, purchase };
}
