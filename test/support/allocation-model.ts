import {
  applicableTerms,
  counterKeysOf,
  type PoolModel,
  type VersionInForce,
  waterfallOf,
} from '../../src/contracts/index.ts';
import {
  type AllocationShare,
  allocate,
  allocateRefund,
  type Party,
  ratio,
  splitSale,
  type TouchpointCredit,
} from '../../src/math/allocation/index.ts';
import { present } from '../../src/shared/invariant.ts';
import type { PricedOrder } from './priced-orders.ts';

/** Who led the buyer of an order, all in one campaign. */
export interface ModelOrder extends PricedOrder {
  readonly credits: Readonly<Record<PoolModel, readonly TouchpointCredit[]>>;
  /** Of the contact that decided the sale: the one that a model gives most, or else the last; null where nobody led the buyer. */
  readonly campaignIds: Readonly<Record<PoolModel, string | null>>;
  readonly channel: string | null;
}

/** What was booked, in that order. */
export type ModelEvent =
  | { readonly kind: 'SALE'; readonly order: ModelOrder; readonly version: VersionInForce }
  /** Positive to the buyer, negative back from there. */
  | { readonly kind: 'RETURN'; readonly order: ModelOrder; readonly movedMinor: bigint; readonly feeMinor: bigint };

interface ModelItem {
  readonly soldMinor: bigint;
  readonly version: VersionInForce;
  readonly shares: readonly AllocationShare[];
  readonly counted: readonly { readonly name: string; readonly kind: string; readonly termId: string }[];
  returnedMinor: bigint;
}

/**
 * The books in the plainest way: every sale split by the version that holds, after what was counted by the sales and
 * returns before it, and all in memory. Debit positive; accounts and counters at zero are left out.
 */
export function modelBooks(events: readonly ModelEvent[]): {
  accounts: Record<string, bigint>;
  counters: Record<string, bigint>;
} {
  const itemsOf = new Map<string, ModelItem[]>();
  const moved = new Map<string, bigint>();
  const accounts: Record<string, bigint> = {};
  const post = (account: string, amount: bigint) => {
    accounts[account] = (accounts[account] ?? 0n) + amount;
  };
  const all = () => [...itemsOf.values()].flat();
  for (const event of events) {
    const { order } = event;
    if (event.kind === 'SALE') {
      const items: ModelItem[] = [];
      itemsOf.set(order.id, items);
      for (const at of order.items.keys())
        items.push(sell(order, at, { version: event.version, counters: countAll(all()) }));
      continue;
    }
    const items = itemsOf.get(order.id) ?? [];
    const sold = items.map(({ soldMinor }) => soldMinor);
    const movedMinor = (moved.get(order.id) ?? 0n) + event.movedMinor;
    moved.set(order.id, movedMinor);
    const total = sold.reduce((sum, amount) => sum + amount, 0n);
    const cumulativeMinor = movedMinor < total ? movedMinor : total;
    const returned = allocateRefund({ sharesMinor: sold, returnedMinor: sold.map(() => 0n), cumulativeMinor });
    for (const [at, item] of items.entries()) item.returnedMinor = returned[at] ?? 0n;
    post('platform:chargebacks', event.feeMinor);
    post('provider:sandbox:clearing', -event.feeMinor);
  }
  for (const [orderId, items] of itemsOf) {
    for (const item of items) {
      for (const [share, kept] of keptOf(item)) post(accountOf(share.party), -kept);
      post('provider:sandbox:clearing', item.soldMinor - item.returnedMinor);
    }
    const beyond = (moved.get(orderId) ?? 0n) - items.reduce((sum, item) => sum + item.returnedMinor, 0n);
    post('platform:chargebacks', beyond);
    post('provider:sandbox:clearing', -beyond);
  }
  return { accounts: withoutZeros(accounts), counters: withoutZeros(countAll(all())) };
}

function sell(
  order: ModelOrder,
  at: number,
  { version, counters }: { version: VersionInForce; counters: Record<string, bigint> },
): ModelItem {
  const item = present(order.items[at], 'an item');
  const { ownerPartnerId, contentId, listPriceMinor, discountMinor, taxMinor } = item;
  const prices = order.items.map((it) => it.listPriceMinor - it.discountMinor);
  const isFree = prices.every((price) => price === 0n);
  const fees = allocate(
    order.feeMinor,
    prices.map((price) => ratio(isFree ? 1n : price)),
  );
  const { paidAt: soldAt, currency, channel } = order;
  const campaignId = order.campaignIds[version.poolModel];
  const asks = version.terms.some((t) => t.beneficiary === 'CAMPAIGN_POOL' || t.campaignId !== null);
  const lead = asks ? { campaignId, channel } : { campaignId: null, channel: null };
  const scope = {
    contentId,
    domainCode: 'technology',
    module: 'COURSE',
    ...lead,
    currency,
    soldAt,
    customerSince: soldAt,
    timeZone: version.timeZone,
  };
  const terms = applicableTerms(version.terms, scope);
  const counted = terms.flatMap((term) =>
    counterKeysOf(term, { ownerPartnerId, at: soldAt, timeZone: version.timeZone }).map((key) => ({
      name: [version.contractId, currency, key.clause, key.subject, key.window, key.kind].join(' '),
      kind: key.kind,
      termId: term.id,
    })),
  );
  const of = (termId: string, kind: string) =>
    counters[counted.find((it) => it.termId === termId && it.kind === kind)?.name ?? ''] ?? 0n;
  const before = new Map(terms.map(({ id }) => [id, { countedMinor: of(id, 'COUNTED'), takenMinor: of(id, 'TAKEN') }]));
  const soldMinor = listPriceMinor - discountMinor;
  const shares = splitSale({
    sale: { grossMinor: soldMinor, taxMinor, providerFeeMinor: fees[at] ?? 0n, discountMinor },
    terms: waterfallOf(terms, { ownerPartnerId, counters: before }),
    credits: asks ? order.credits[version.poolModel] : [],
    rounding: version.rounding,
  });
  return { soldMinor, version, shares, counted, returnedMinor: 0n };
}

/** What each party has kept of an item. */
function keptOf({ shares, returnedMinor, version }: ModelItem): [AllocationShare, bigint][] {
  const sharesMinor = shares.map(({ amountMinor }) => amountMinor);
  const nothing = shares.map(() => 0n);
  const { rounding } = version;
  const back = allocateRefund({ sharesMinor, returnedMinor: nothing, cumulativeMinor: returnedMinor, rounding });
  return shares.map((share, at) => [share, share.amountMinor - (back[at] ?? 0n)]);
}

function countAll(items: readonly ModelItem[]): Record<string, bigint> {
  const counters: Record<string, bigint> = {};
  for (const item of items) {
    const kept = keptOf(item);
    for (const { name, kind, termId } of item.counted) {
      const basis = item.shares.reduce((sum, it) => (it.termId === termId ? sum + it.countedMinor : sum), 0n);
      const lost = item.returnedMinor === 0n ? 0n : (basis * item.returnedMinor) / item.soldMinor;
      const taken = kept.reduce(
        (sum, [share, amount]) => (share.termId === termId && share.amountMinor > 0n ? sum + amount : sum),
        0n,
      );
      counters[name] = (counters[name] ?? 0n) + (kind === 'COUNTED' ? basis - lost : taken);
    }
  }
  return counters;
}

function accountOf(party: Party): string {
  switch (party.kind) {
    case 'PLATFORM':
      return 'platform:revenue';
    case 'PARTNER':
      return `partner:${party.partnerId}:payable`;
    case 'ADVANCE':
      return `partner:${party.partnerId}:advances`;
    case 'TAX_AUTHORITY':
      return 'tax:payable';
    case 'PAYMENT_PROVIDER':
      return 'provider:sandbox:fees';
  }
}

function withoutZeros(amounts: Record<string, bigint>): Record<string, bigint> {
  return Object.fromEntries(
    Object.entries(amounts)
      .filter(([, amount]) => amount !== 0n)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}
