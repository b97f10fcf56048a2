import type { AttributionService, OrderCredit } from '../attribution/index.ts';
import type { VersionInForce } from '../contracts/index.ts';
import { formatRatio, parseRatio } from '../math/allocation/index.ts';
import type { EntityManager } from '../platform/database.ts';
import type { CreditFacts, ScopeFacts } from './allocation-facts.ts';

type PoolModel = VersionInForce['poolModel'];

/** Whether it matters to a version who brought the buyer: it has a pool, or clauses for campaigns or channels. */
export function asksForCredits({ terms }: Pick<VersionInForce, 'terms'>): boolean {
  return terms.some(
    ({ beneficiary, campaignId, channel }) =>
      beneficiary === 'CAMPAIGN_POOL' || campaignId !== null || channel !== null,
  );
}

/**
 * Who brought the buyers of orders, where the version that splits them asks: one question a pool model.
 * Every event that has arrived counts, whatever the clock of the machine that took it said.
 *
 * @returns the credits of an order, in journey order; none where nobody asked or nothing led to it
 */
export async function findCredits(
  em: EntityManager,
  sales: readonly { readonly orderId: string; readonly version: VersionInForce }[],
  attribution: AttributionService,
): Promise<(orderId: string, version: VersionInForce) => CreditFacts[]> {
  const asking = sales.filter(({ version }) => asksForCredits(version));
  const found = new Map<PoolModel, Map<string, OrderCredit[]>>();
  for (const [model, ofModel] of Map.groupBy(asking, ({ version }) => version.poolModel)) {
    const orderIds = [...new Set(ofModel.map(({ orderId }) => orderId))];
    found.set(model, await attribution.creditsForOrders(em, { orderIds, model, knownAt: null }));
  }
  return (orderId, version) =>
    asksForCredits(version) ? (found.get(version.poolModel)?.get(orderId) ?? []).map(toFacts) : [];
}

/** Campaign and channel of the touchpoint that decided a sale: the largest credit, of equal ones the last. */
export function decisiveTouchpoint(credits: readonly CreditFacts[]): Pick<ScopeFacts, 'campaignId' | 'channel'> {
  let decisive: CreditFacts | undefined;
  for (const credit of credits) {
    if (!decisive || parseRatio(credit.credit).gte(parseRatio(decisive.credit))) decisive = credit;
  }
  return { campaignId: decisive?.campaignId ?? null, channel: decisive?.channel ?? null };
}

function toFacts({ touchpointId, partnerId, campaignId, channel, credit }: OrderCredit): CreditFacts {
  return { touchpointId, partnerId, campaignId, channel, credit: formatRatio(credit) };
}
