import { describe, expect, test } from 'vitest';
import { buildDemoScenario } from '../../../seeds/demo/scenario.ts';
import type { Channel, DemoConversion, DemoTouchpoint } from '../../../seeds/demo/scenario.types.ts';
import { present } from '../../../src/shared/invariant.ts';

const DAY_MS = 86_400_000;
const scenario = buildDemoScenario({ endsAt: new Date('2026-11-21T12:00:00Z') });
const { touchpoints, orders } = scenario;
const campaignById = new Map(scenario.campaigns.map((campaign) => [campaign.id, campaign]));
const ran = scenario.campaigns.filter(({ status }) => status !== 'DRAFT');
const purchases = scenario.conversions.filter(({ kind }) => kind === 'PURCHASE');
const credited = creditByLastTouch();

/** The last touchpoint that each purchase may be credited to, of whatever content, as the product's figures have it. */
function creditByLastTouch(): readonly { purchase: DemoConversion; touch: DemoTouchpoint }[] {
  const contactsByUser = Map.groupBy(touchpoints, ({ userId }) => userId);
  return [...Map.groupBy(purchases, ({ userId }) => userId)].flatMap(([userId, own]) =>
    own.flatMap((purchase, index) => {
      const since = own[index - 1]?.occurredAt ?? new Date(0);
      const touch = contactsByUser
        .get(userId)
        ?.findLast(({ occurredAt, ...rest }) => occurredAt > since && isInWindow({ occurredAt, ...rest }, purchase));
      return touch ? [{ purchase, touch }] : [];
    }),
  );
}

function isInWindow({ campaignId, kind, occurredAt }: DemoTouchpoint, purchase: DemoConversion): boolean {
  const campaign = present(campaignById.get(campaignId), 'the campaign');
  const ageDays = (purchase.occurredAt.getTime() - occurredAt.getTime()) / DAY_MS;
  if (kind !== 'IMPRESSION') return ageDays >= 0 && ageDays <= campaign.attributionWindowDays;
  return ageDays >= 0 && campaign.viewWindowDays > 0 && ageDays <= campaign.viewWindowDays;
}

function countOf(kind: DemoTouchpoint['kind'], of: { campaignId?: string; channel?: Channel }): number {
  const matches = (t: DemoTouchpoint) =>
    t.kind === kind && t.campaignId === (of.campaignId ?? t.campaignId) && t.channel === (of.channel ?? t.channel);
  return touchpoints.filter(matches).length;
}

function sumMinor(amounts: readonly bigint[]): number {
  return Number(amounts.reduce((sum, amount) => sum + amount, 0n));
}

describe('the dashboards of the demo', () => {
  test('have click rates that fit the channel: e-mail is opened on purpose, a banner is walked past', () => {
    const clickRate = (channel: Channel) => countOf('CLICK', { channel }) / countOf('IMPRESSION', { channel });
    const rates = [...new Set(ran.flatMap(({ channels }) => channels))].map(clickRate);
    expect(Math.min(...rates)).toBe(clickRate('DISPLAY'));
    expect(clickRate('DISPLAY')).toBeGreaterThan(0.01);
    expect(clickRate('DISPLAY')).toBeLessThan(0.03);
    expect(clickRate('SOCIAL')).toBeLessThan(0.05);
    expect(clickRate('EMAIL')).toBeGreaterThan(0.08);
    expect(Math.max(...rates)).toBeLessThan(0.13);
  });

  test('have purchases well below clicks, for every campaign and channel, and few of them for a mere view', () => {
    for (const { id } of ran) {
      const bought = credited.filter(({ touch }) => touch.campaignId === id);
      expect(bought.length / countOf('CLICK', { campaignId: id })).toBeGreaterThan(0.08);
      expect(bought.length / countOf('CLICK', { campaignId: id })).toBeLessThan(0.25);
      const viewed = bought.filter(({ touch }) => touch.kind === 'IMPRESSION');
      expect(viewed.length).toBeLessThan(bought.length / 2);
    }
    for (const channel of new Set(ran.flatMap(({ channels }) => channels))) {
      const bought = credited.filter(({ touch }) => touch.channel === channel);
      expect(bought.length).toBeGreaterThan(0);
      expect(bought.length / countOf('CLICK', { channel })).toBeLessThan(0.28);
    }
  });

  test('have campaigns that paid off, none of them by a miracle', () => {
    const refunded = new Map(orders.map(({ id, refund }) => [id, refund?.amountMinor ?? 0n]));
    for (const { id } of ran) {
      const bought = credited.filter(({ touch }) => touch.campaignId === id).map(({ purchase }) => purchase);
      const keptMinor = sumMinor(bought.map((p) => p.valueMinor - (refunded.get(p.orderId ?? '') ?? 0n)));
      const costs = scenario.campaignCosts.filter(({ campaignId }) => campaignId === id);
      const costMinor = sumMinor(costs.map(({ amountMinor }) => amountMinor));
      const roi = (keptMinor - costMinor) / costMinor;
      expect(roi).toBeGreaterThan(0.3);
      expect(roi).toBeLessThan(4);
    }
  });

  test('claim a part of all revenue and leave most of it to what people find by themselves', () => {
    const share =
      sumMinor(credited.map(({ purchase }) => purchase.valueMinor)) /
      sumMinor(orders.map(({ totalMinor }) => totalMinor));
    expect(share).toBeGreaterThan(0.08);
    expect(share).toBeLessThan(0.25);
  });

  test('leave sales of the closed periods to be shared among those who promoted them', () => {
    const pooled = scenario.contracts.filter(({ versions }) => versions.some((v) => v.attributionModel !== null));
    const suppliers = new Set(pooled.flatMap(({ scope }) => scope.partnerIds));
    const ownerOf = new Map(scenario.contents.map((content) => [content.id, content.partnerId]));
    const orderById = new Map(orders.map((order) => [order.id, order]));
    for (const { from, to } of scenario.closedPeriods) {
      const shared = credited.filter(({ purchase }) => {
        const { items } = present(orderById.get(purchase.orderId ?? ''), 'the order of a purchase');
        const isWithin = purchase.occurredAt >= from && purchase.occurredAt < to;
        return isWithin && items.some(({ contentId }) => suppliers.has(ownerOf.get(contentId) ?? ''));
      });
      expect(shared.length).toBeGreaterThan(10);
    }
  });
});
