import { describe, expect, test } from 'vitest';
import { buildDemoScenario } from '../../../seeds/demo/scenario.ts';
import type { DemoContent, DemoInteraction } from '../../../seeds/demo/scenario.types.ts';
import { present } from '../../../src/shared/invariant.ts';

const DAY_MS = 86_400_000;
const ENDS_AT = new Date('2026-11-21T12:00:00Z');
const scenario = buildDemoScenario({ endsAt: ENDS_AT });
const { orders, interactions, touchpoints, conversions } = scenario;
const userById = new Map(scenario.users.map((user) => [user.id, user]));
const contentById = new Map(scenario.contents.map((content) => [content.id, content]));
const campaignById = new Map(scenario.campaigns.map((campaign) => [campaign.id, campaign]));
const touchpointsByPerson = Map.groupBy(touchpoints, ({ userId, visitorId }) => userId ?? visitorId);

const pairKey = (userId: string, contentId: string): string => `${userId}/${contentId}`;
const byPair = Map.groupBy(interactions, ({ userId, contentId }) => pairKey(userId, contentId));

function offerProblem(contentId: string, userId: string, at: Date): string | null {
  const content = contentById.get(contentId);
  const user = userById.get(userId);
  if (!content || !user) return 'unknown content or user';
  if (user.createdAt > at) return 'before sign-up';
  if (content.publishedAt === null || content.publishedAt > at) return 'not published yet';
  if (content.withdrawnAt && content.withdrawnAt <= at) return 'withdrawn';
  return licenceProblem(content, user.country, at);
}

function licenceProblem({ licence }: DemoContent, country: string, at: Date): string | null {
  if (licence.validFrom > at || (licence.validUntil && licence.validUntil <= at)) return 'licence not valid';
  return licence.territory.includes('*') || licence.territory.includes(country) ? null : 'outside the territory';
}

function isAscending(times: readonly Date[]): boolean {
  return times.every((time, index) => index === 0 || time >= present(times[index - 1], 'the time before'));
}

describe('orders of the demo', () => {
  const lines = orders.flatMap((order) => order.items.map((item) => ({ order, item })));

  test('sell only what was on offer to the buyer, from placing to payment', () => {
    const problems = lines.flatMap(({ order, item }) => [
      offerProblem(item.contentId, order.userId, order.placedAt),
      offerProblem(item.contentId, order.userId, order.payment.paidAt),
    ]);
    expect(problems.filter((problem) => problem !== null)).toEqual([]);
  });

  test('charge the price of each content, and the sum of them', () => {
    for (const { items, totalMinor, payment, refund } of orders) {
      const prices = items.map(({ contentId }) => contentById.get(contentId)?.priceMinor);
      expect(items.map(({ unitPriceMinor }) => unitPriceMinor)).toEqual(prices);
      expect(items.every(({ unitPriceMinor }) => unitPriceMinor > 0n)).toBe(true);
      expect(totalMinor).toBe(items.reduce((sum, { unitPriceMinor }) => sum + unitPriceMinor, 0n));
      expect(payment.amountMinor).toBe(totalMinor);
      expect(refund?.amountMinor ?? totalMinor).toBe(totalMinor);
    }
  });

  test('are mostly of one item, never sell a content twice to a person, and carry numbers of their own', () => {
    const sizes = orders.map(({ items }) => items.length);
    expect(Math.max(...sizes)).toBe(3);
    expect(sizes.filter((size) => size === 1).length).toBeGreaterThan(2_400);
    const pairs = lines.map(({ order, item }) => pairKey(order.userId, item.contentId));
    expect(new Set(pairs).size).toBe(pairs.length);
    expect(new Set(orders.map(({ number }) => number)).size).toBe(orders.length);
  });

  test('come in order of time, paid after placing and before the end', () => {
    expect(isAscending(orders.map(({ placedAt }) => placedAt))).toBe(true);
    const wrong = orders.filter(({ placedAt, payment }) => payment.paidAt <= placedAt || payment.paidAt >= ENDS_AT);
    expect(wrong).toEqual([]);
  });

  test('are refunded a day or more after payment, some of them in a later closed period', () => {
    const refunded = orders.filter(({ refund }) => refund !== null);
    expect(orders.every(({ status, refund }) => (status === 'REFUNDED') === (refund !== null))).toBe(true);
    for (const { payment, refund } of refunded) {
      const refundedAt = present(refund, 'a refund').refundedAt;
      expect(refundedAt.getTime() - payment.paidAt.getTime()).toBeGreaterThanOrEqual(DAY_MS);
      expect(refundedAt < ENDS_AT).toBe(true);
    }
    const [first, second] = scenario.closedPeriods;
    const crossing = refunded.filter(
      ({ payment, refund }) => first && second && payment.paidAt < first.to && (refund?.refundedAt ?? 0) >= second.from,
    );
    expect(crossing.length).toBeGreaterThan(0);
  });

  test('leave a PURCHASE for every item and none besides, after the buyer had looked at it', () => {
    const purchases = interactions.filter(({ kind }) => kind === 'PURCHASE');
    expect(purchases).toHaveLength(lines.length);
    for (const { order, item } of lines) {
      const trace = byPair.get(pairKey(order.userId, item.contentId)) ?? [];
      const bought = trace.filter(({ kind }) => kind === 'PURCHASE').map(({ occurredAt }) => occurredAt);
      expect(bought).toEqual([order.payment.paidAt]);
      expect(trace.some(({ kind, occurredAt }) => kind === 'VIEW' && occurredAt < order.placedAt)).toBe(true);
    }
  });
});

describe('interactions of the demo', () => {
  test('are ordered by time, within the history, and only with what was on offer to the learner', () => {
    expect(isAscending(interactions.map(({ occurredAt }) => occurredAt))).toBe(true);
    const inside = interactions.every(({ occurredAt: at }) => at >= scenario.startsAt && at < ENDS_AT);
    expect(inside).toBe(true);
    const problems = interactions.map(({ contentId, userId, occurredAt }) =>
      offerProblem(contentId, userId, occurredAt),
    );
    expect(problems.filter((problem) => problem !== null)).toEqual([]);
  });

  test('begin with a view of the content', () => {
    const firsts = [...byPair.values()].map((trace) => trace[0]?.kind);
    expect(new Set(firsts)).toEqual(new Set(['VIEW']));
  });

  test('make progress only in what is free or bought and not refunded, and never backwards', () => {
    const lineByPair = new Map(orders.flatMap((o) => o.items.map((i) => [pairKey(o.userId, i.contentId), o] as const)));
    for (const [pair, trace] of byPair) {
      const progress = trace.filter(({ kind }) => kind === 'PROGRESS');
      if (progress.length === 0) continue;
      expect(isRising(progress)).toBe(true);
      const content = contentById.get(present(progress[0], 'progress').contentId);
      if (content?.priceMinor === 0n) continue;
      const order = present(lineByPair.get(pair), 'the order that opened the content');
      const until = order.refund?.refundedAt ?? ENDS_AT;
      const times = progress.map(({ occurredAt }) => occurredAt);
      expect(times.every((time) => time > order.payment.paidAt && time < until)).toBe(true);
    }
  });

  test('carry stars with ratings, parts with progress and nothing else', () => {
    for (const { kind, value } of interactions) {
      if (kind === 'RATE') expect([1, 2, 3, 4, 5]).toContain(value);
      else if (kind === 'PROGRESS') expect(value !== null && value > 0 && value <= 1).toBe(true);
      else expect(value).toBeNull();
    }
  });

  test('follow the week: a weekend day and an evening hour are busier than the others in China', () => {
    const views = interactions.filter(({ kind }) => kind === 'VIEW');
    const local = views.map(({ occurredAt }) => new Date(occurredAt.getTime() + 8 * 3_600_000));
    const weekend = local.filter((time) => [0, 6].includes(time.getUTCDay())).length / 2;
    const workdays = local.filter((time) => ![0, 6].includes(time.getUTCDay())).length / 5;
    const evening = local.filter((time) => time.getUTCHours() >= 19 && time.getUTCHours() < 23).length / 4;
    expect(weekend / workdays).toBeGreaterThan(1.3);
    expect(evening / (local.length / 24)).toBeGreaterThan(1.6);
  });

  test('have a popularity tail and tastes that cross domains in the expected directions', () => {
    const views = interactions.filter(({ kind }) => kind === 'VIEW');
    const counts = [...Map.groupBy(views, ({ contentId }) => contentId).values()].map((group) => group.length);
    const top = counts.toSorted((left, right) => right - left).slice(0, 15);
    expect(top.reduce((sum, count) => sum + count, 0) / views.length).toBeGreaterThan(0.25);
    const share = viewShares(views, 'technology');
    expect(share('technology')).toBeGreaterThan(2 * share('career'));
    expect(share('career')).toBeGreaterThan(1.5 * share('parenting'));
  });
});

function isRising(progress: readonly DemoInteraction[]): boolean {
  const values = progress.map(({ value }) => value ?? 0);
  return values.every((value, index) => index === 0 || value > (values[index - 1] ?? 0));
}

/** Share of the views per domain among learners whose strongest interest is `strongest`. */
function viewShares(views: readonly DemoInteraction[], strongest: string): (domain: string) => number {
  const own = views.filter(({ userId }) => userById.get(userId)?.interests[0] === strongest);
  const codes = new Map(scenario.domains.map(({ id, code }) => [id, code]));
  const codeOf = (view: DemoInteraction) => codes.get(contentById.get(view.contentId)?.domainId ?? '');
  return (domain) => own.filter((view) => codeOf(view) === domain).length / own.length;
}

describe('touchpoints and conversions of the demo', () => {
  test('happen while the campaign is on air, by its partners, channels and contents', () => {
    expect(isAscending(touchpoints.map(({ occurredAt }) => occurredAt))).toBe(true);
    for (const { campaignId, partnerId, channel, contentId, occurredAt } of touchpoints) {
      const campaign = present(campaignById.get(campaignId), 'the campaign');
      const stopped = campaign.transitions.find(({ to }) => to === 'PAUSED')?.at ?? campaign.endsAt;
      const onAir = occurredAt >= campaign.startsAt && occurredAt < stopped && occurredAt < ENDS_AT;
      const ofCampaign = campaign.contentIds.includes(contentId);
      const byPartner = campaign.partners.some((p) => p.partnerId === partnerId && p.channels.includes(channel));
      expect({ onAir, ofCampaign, byPartner }).toEqual({ onAir: true, ofCampaign: true, byPartner: true });
    }
  });

  test('carry a visitor exactly when the person had no account yet, or never got one', () => {
    const wrong = touchpoints.filter(({ userId, visitorId, occurredAt }) => {
      const user = userId === null ? null : present(userById.get(userId), 'the person');
      return (visitorId !== null) !== (user === null || occurredAt < user.createdAt);
    });
    expect(wrong).toEqual([]);
    const merged = touchpoints.filter(({ userId, visitorId }) => userId !== null && visitorId !== null);
    expect(merged.length).toBeGreaterThan(300);
    const accounts = new Map(merged.map(({ userId, visitorId }) => [visitorId, userId]));
    const strangers = touchpoints.filter(({ userId }) => userId === null);
    expect(strangers.length).toBeGreaterThan(touchpoints.length / 2);
    expect(strangers.filter(({ visitorId }) => accounts.has(visitorId))).toEqual([]);
  });

  test('narrow from impressions to clicks to visits, in every campaign and channel', () => {
    const groups = Map.groupBy(
      touchpoints,
      ({ campaignId, channel }) => `${campaignById.get(campaignId)?.key} ${channel}`,
    );
    expect(groups.size).toBeGreaterThan(12);
    for (const [, group] of groups) {
      const count = (kind: string): number => group.filter((touchpoint) => touchpoint.kind === kind).length;
      expect(count('IMPRESSION')).toBeGreaterThan(count('CLICK'));
      expect(count('CLICK')).toBeGreaterThanOrEqual(count('VISIT'));
      expect(count('CLICK')).toBeGreaterThan(0);
    }
  });

  test('narrow from clicks to purchases in every campaign that ran', () => {
    for (const campaign of scenario.campaigns.filter(({ status }) => status !== 'DRAFT')) {
      const clicks = touchpoints.filter(({ campaignId, kind }) => campaignId === campaign.id && kind === 'CLICK');
      const bought = conversions.filter(({ campaignId, kind }) => campaignId === campaign.id && kind === 'PURCHASE');
      expect(bought.length).toBeGreaterThan(30);
      expect(clicks.length).toBeGreaterThan(4 * bought.length);
    }
  });

  test('follow the chain impression, click, visit of the same person, channel and content', () => {
    for (const { kind, userId, visitorId, channel, contentId, occurredAt, campaignId } of touchpoints) {
      if (kind === 'IMPRESSION') continue;
      const before = kind === 'CLICK' ? 'IMPRESSION' : 'CLICK';
      const cause = (touchpointsByPerson.get(userId ?? visitorId) ?? []).some(
        (t) =>
          t.kind === before &&
          t.channel === channel &&
          t.contentId === contentId &&
          t.campaignId === campaignId &&
          t.occurredAt < occurredAt &&
          occurredAt.getTime() - t.occurredAt.getTime() < DAY_MS,
      );
      expect(cause).toBe(true);
    }
  });

  test('convert every order and every sign-up of a learner in the history once', () => {
    const purchases = conversions.filter(({ kind }) => kind === 'PURCHASE');
    expect(new Set(purchases.map(({ orderId }) => orderId))).toEqual(new Set(orders.map(({ id }) => id)));
    const valueByOrder = new Map(orders.map(({ id, totalMinor }) => [id, totalMinor]));
    expect(purchases.every(({ orderId, valueMinor }) => valueByOrder.get(orderId ?? '') === valueMinor)).toBe(true);
    const members = new Set(scenario.partners.flatMap((partner) => partner.members.map(({ userId }) => userId)));
    const learners = scenario.users.filter(({ id }) => !members.has(id));
    const signUps = learners.filter(({ createdAt }) => createdAt >= scenario.startsAt).map(({ id }) => id);
    const registered = conversions.filter(({ kind }) => kind === 'REGISTRATION').map(({ userId }) => userId);
    expect(registered.toSorted()).toEqual(signUps.toSorted());
  });

  test('credit a conversion to a campaign only after a contact within its window', () => {
    const orderById = new Map(orders.map((order) => [order.id, order]));
    const claimed = conversions.filter(({ campaignId }) => campaignId !== null);
    expect(claimed.length).toBeGreaterThan(500);
    for (const { campaignId, userId, occurredAt, orderId } of claimed) {
      const campaign = present(campaignById.get(campaignId ?? ''), 'the campaign');
      const order = orderId === null ? null : present(orderById.get(orderId), 'the order');
      const at = order?.placedAt ?? occurredAt;
      const touched = (touchpointsByPerson.get(userId) ?? []).some((t) => {
        const ageDays = (at.getTime() - t.occurredAt.getTime()) / DAY_MS;
        const isSeen = t.kind === 'IMPRESSION' && campaign.viewWindowDays > 0 && ageDays <= campaign.viewWindowDays;
        const isFollowed = t.kind !== 'IMPRESSION' && ageDays <= campaign.attributionWindowDays;
        return t.campaignId === campaignId && ageDays >= 0 && (isSeen || isFollowed);
      });
      const promoted = order?.items.some(({ contentId }) => campaign.contentIds.includes(contentId)) ?? true;
      expect(touched && promoted).toBe(true);
    }
  });
});
