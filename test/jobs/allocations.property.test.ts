import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  type ContractTables,
  findVersionsWithTerms,
  POOL_MODELS,
  type TermProposal,
  type VersionInForce,
} from '../../src/contracts/index.ts';
import { type Ratio, ROUNDING_RULES, ratio } from '../../src/math/allocation/index.ts';
import { recountCounters, storedCounters, unequalAllocations } from '../support/allocation-audit.ts';
import { type ModelEvent, type ModelOrder, modelBooks } from '../support/allocation-model.ts';
import { amend } from '../support/amendments.ts';
import { aContent } from '../support/contents.ts';
import { aContract } from '../support/contracts.ts';
import { aPartner } from '../support/partners.ts';
import { aLearner } from '../support/people.ts';
import { aPricedOrder } from '../support/priced-orders.ts';
import { anyTerms } from '../support/random-contracts.ts';
import { aChargeback, aPartialRefund, winChargeback } from '../support/returns.ts';
import { aTouchpoint, balances, recordPurchase } from '../support/settlement.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

/** More by the environment, for a long night: `ALLOCATION_RUNS=1000`. */
const RUNS = Number(process.env.ALLOCATION_RUNS ?? 60);

const DAY_MS = 86_400_000;
const NOW = new Date('2026-11-20T08:00:00Z');

const anySale = fc.record({
  kind: fc.constant('SALE' as const),
  daysAgo: fc.integer({ min: 1, max: 100 }),
  isGuided: fc.constantFrom(true, false, false),
  items: fc.array(
    fc.record({
      content: fc.constantFrom(0, 1),
      listPriceMinor: fc.bigInt({ min: 1n, max: 60_000n }),
      discountPercent: fc.constantFrom(0n, 0n, 10n, 33n, 100n),
      taxPercent: fc.constantFrom(0n, 6n, 19n),
    }),
    { minLength: 1, maxLength: 2 },
  ),
  feePercent: fc.constantFrom(0n, 1n, 3n),
});

const anyReturn = fc.record({
  kind: fc.constantFrom('REFUND' as const, 'CHARGEBACK' as const),
  order: fc.nat({ max: 7 }),
  thousandths: fc.bigInt({ min: 1n, max: 1_000n }),
  isWon: fc.boolean(),
});

function anyVersion(terms: fc.Arbitrary<TermProposal[]>) {
  const rounding = fc.constantFrom(...ROUNDING_RULES);
  return fc.record({ terms, rounding, poolModel: fc.constantFrom(...POOL_MODELS) });
}

function anyStory(terms: fc.Arbitrary<TermProposal[]>) {
  const amendment = fc.record({
    kind: fc.constant('AMENDMENT' as const),
    daysAgo: fc.integer({ min: 0, max: 110 }),
    version: anyVersion(terms),
  });
  const step = fc.oneof(
    { arbitrary: anySale, weight: 4 },
    { arbitrary: anyReturn, weight: 4 },
    { arbitrary: amendment, weight: 1 },
  );
  return fc.record({
    currency: fc.constantFrom('CNY', 'JPY', 'KWD'),
    first: anyVersion(terms),
    steps: fc.array(step, { minLength: 3, maxLength: 9 }),
    last: amendment,
  });
}

type Story = ReturnType<typeof anyStory> extends fc.Arbitrary<infer Value> ? Value : never;
type StepOf<Kind> = Extract<Story['steps'][number], { kind: Kind }>;

interface Place {
  readonly ownerId: string;
  readonly pressId: string;
  /** Of everything that nobody led to. */
  readonly buyerId: string;
  readonly contentIds: readonly string[];
  readonly leads: readonly { readonly partnerId: string; readonly campaignId: string }[];
}

type Everywhere = Pick<Place, 'buyerId' | 'leads'>;

/** What all stories share. */
async function everywhere(app: TestApp): Promise<Everywhere> {
  const leads = [];
  for (const { id: partnerId } of [await aPartner(app), await aPartner(app)]) {
    const { campaignId } = await aTouchpoint(app, { partnerId, userId: app.platform.ids.next() });
    leads.push({ partnerId, campaignId });
  }
  return { leads, buyerId: (await aLearner(app)).id };
}

/** Partners and contents are made anew for every story, so that its clauses can name them. */
async function aPlace(app: TestApp, shared: Everywhere): Promise<Place> {
  const [{ id: ownerId }, { id: pressId }] = [await aPartner(app), await aPartner(app)];
  const contents = [await aContent(app, { partnerId: ownerId }), await aContent(app, { partnerId: ownerId })];
  return { ...shared, ownerId, pressId, contentIds: contents.map(({ id }) => id) };
}

/** How each model shares a sale between two touchpoints of different partners, the one an hour after the other. */
function creditsOfTwo(touches: readonly { readonly id: string; readonly partnerId: string }[]): ModelOrder['credits'] {
  const share = (...credits: readonly Ratio[]) =>
    touches
      .map(({ id, partnerId }, at) => ({ touchpointId: id, partnerId, credit: credits[at] ?? ratio(0n) }))
      .filter(({ credit }) => credit.gt(0n));
  const halves = share(ratio(1n, 2n), ratio(1n, 2n));
  const faded = 2 ** (-1 / (7 * 24));
  const earlier = BigInt(Math.round((1e9 * faded) / (1 + faded)));
  return {
    FIRST_TOUCH: share(ratio(1n), ratio(0n)),
    LAST_TOUCH: share(ratio(0n), ratio(1n)),
    LINEAR: halves,
    POSITION: halves,
    TIME_DECAY: share(ratio(earlier, 10n ** 9n), ratio(10n ** 9n - earlier, 10n ** 9n)),
    SHAPLEY: halves,
  };
}

/** One story told to the product, and kept for the model. */
class Telling {
  readonly contract: { readonly id: string; readonly versionIds: string[] };
  readonly events: ({ kind: 'SALE'; order: ModelOrder } | Extract<ModelEvent, { kind: 'RETURN' }>)[] = [];
  readonly #app: TestApp;
  readonly #place: Place;
  readonly #currency: string;
  readonly #orders: ModelOrder[] = [];
  #wins: (() => Promise<void>)[] = [];
  #minutes = 0;

  constructor(
    app: TestApp,
    place: Place,
    told: { contract: { id: string; versionIds: readonly string[] }; currency: string },
  ) {
    this.#app = app;
    this.#place = place;
    this.#currency = told.currency;
    this.contract = { id: told.contract.id, versionIds: [...told.contract.versionIds] };
  }

  async tell(step: Story['steps'][number]): Promise<void> {
    const wins = this.#wins;
    this.#wins = [];
    if (step.kind === 'SALE') await this.#sell(step);
    else if (step.kind === 'AMENDMENT') await this.#amend(step);
    else await this.#giveBack(step);
    for (const win of wins) await win();
  }

  async finish(): Promise<void> {
    while (this.#wins.length > 0) {
      const [win, ...others] = this.#wins;
      this.#wins = others;
      await win?.();
    }
  }

  async #sell({ daysAgo, isGuided, items, feePercent }: StepOf<'SALE'>): Promise<void> {
    const { ownerId, contentIds, leads } = this.#place;
    const { id: userId } = isGuided ? await aLearner(this.#app) : { id: this.#place.buyerId };
    const paidAt = new Date(NOW.getTime() - daysAgo * DAY_MS);
    const touches = [];
    for (const [hour, { partnerId, campaignId }] of isGuided ? leads.entries() : []) {
      const occurredAt = new Date(paidAt.getTime() - (5 - hour) * 3_600_000);
      touches.push({ ...(await aTouchpoint(this.#app, { userId, partnerId, campaignId, occurredAt })), partnerId });
    }
    const priced = items.map(({ content, listPriceMinor, discountPercent, taxPercent }) => {
      const discountMinor = (listPriceMinor * discountPercent) / 100n;
      const taxMinor = ((listPriceMinor - discountMinor) * taxPercent) / (100n + taxPercent);
      const contentId = contentIds[content] ?? '';
      return { contentId, ownerPartnerId: ownerId, listPriceMinor, discountMinor, taxMinor };
    });
    const paid = priced.reduce((sum, it) => sum + it.listPriceMinor - it.discountMinor, 0n);
    const money = { currency: this.#currency, feeMinor: (paid * feePercent) / 100n };
    const order = await aPricedOrder(this.#app, { userId, paidAt, ...money, items: priced });
    if (isGuided) await recordPurchase(this.#app, { ...order, contentIds: [] });
    const last = touches.at(-1)?.campaignId ?? null;
    const campaignIds = {
      FIRST_TOUCH: touches[0]?.campaignId ?? null,
      LAST_TOUCH: last,
      LINEAR: last,
      POSITION: last,
      TIME_DECAY: last,
      SHAPLEY: last,
    };
    const sold = { ...order, credits: creditsOfTwo(touches), campaignIds, channel: last && 'EMAIL' };
    this.#orders.push(sold);
    await this.#app.services.allocations.settleSales([order.id]);
    this.events.push({ kind: 'SALE', order: sold });
  }

  async #giveBack({ kind, order: at, thousandths, isWon }: StepOf<'REFUND' | 'CHARGEBACK'>): Promise<void> {
    const order = this.#orders[at % Math.max(this.#orders.length, 1)];
    const amountMinor = ((order?.totalMinor ?? 0n) * thousandths + 999n) / 1_000n;
    if (!order || amountMinor === 0n) return;
    const { allocations } = this.#app.services;
    if (kind === 'REFUND') {
      const id = await aPartialRefund(this.#app, order, { amountMinor, at: this.#next() });
      await allocations.settleRefunds([id]);
      this.events.push({ kind: 'RETURN', order, movedMinor: amountMinor, feeMinor: 0n });
      return;
    }
    const feeMinor = 150n;
    const id = await aChargeback(this.#app, order, { amountMinor, feeMinor, at: this.#next() });
    await allocations.settleChargebacks([id]);
    this.events.push({ kind: 'RETURN', order, movedMinor: amountMinor, feeMinor });
    if (!isWon) return;
    this.#wins.push(async () => {
      await winChargeback(this.#app, id, this.#next());
      await allocations.settleChargebacks([id]);
      this.events.push({ kind: 'RETURN', order, movedMinor: -amountMinor, feeMinor: 0n });
    });
  }

  async #amend({ daysAgo, version }: Story['last']): Promise<void> {
    const effectiveFrom = new Date(NOW.getTime() - daysAgo * DAY_MS);
    const number = this.contract.versionIds.length + 1;
    const versionId = await amend(this.#app, this.contract.id, { ...version, effectiveFrom, number });
    this.contract.versionIds.push(versionId);
    await this.#app.services.allocations.reallocate(this.contract.id);
    const again = await this.#app.services.allocations.reallocate(this.contract.id);
    expect(again).toEqual({ allocations: 0 });
  }

  #next(): Date {
    this.#minutes += 1;
    return new Date(NOW.getTime() + this.#minutes * 60_000);
  }
}

async function tell(app: TestApp, place: Place, story: Story): Promise<Telling> {
  const { currency, first, steps, last } = story;
  const parties = [{ partnerId: place.ownerId }, { partnerId: place.pressId, role: 'LICENSOR' as const }];
  const contract = await aContract(app, { parties, currency, versions: [first] });
  const telling = new Telling(app, place, { contract, currency });
  for (const step of steps) await telling.tell(step);
  await telling.tell(last);
  await telling.finish();
  return telling;
}

/** The books as they would be had every version been known from the beginning. */
async function expectedBooks(app: TestApp, { contract, events }: Telling) {
  const versions = await findVersionsWithTerms(app.platform.database.read<ContractTables>(), contract.versionIds);
  const versionAt = (soldAt: Date): VersionInForce => {
    const held = versions.filter(({ effectiveFrom }) => effectiveFrom <= soldAt).sort((a, b) => b.number - a.number);
    if (!held[0]) throw new Error('A version holds from long ago.');
    return held[0];
  };
  return modelBooks(
    events.map(
      (event): ModelEvent => (event.kind === 'SALE' ? { ...event, version: versionAt(event.order.paidAt) } : event),
    ),
  );
}

it(`leaves each party what the versions in force give it, less what went back, after any story (${RUNS} runs)`, async () => {
  await using app = await startTestApp({ now: NOW });
  const shared = await everywhere(app);
  let before = await balances(app);
  await fc.assert(
    fc.asyncProperty(fc.gen(), async (gen) => {
      const place = await aPlace(app, shared);
      const scope = {
        pressId: place.pressId,
        contentId: place.contentIds[0] ?? '',
        campaignId: place.leads[1]?.campaignId ?? '',
      };
      const story = gen(anyStory, anyTerms(scope));
      const telling = await tell(app, place, story);
      const expected = await expectedBooks(app, telling);
      const after = await balances(app);
      expect(difference(before, after)).toEqual(expected.accounts);
      before = after;
      const contractId = telling.contract.id;
      expect(await storedCounters(app, contractId)).toEqual(expected.counters);
      expect(await recountCounters(app, contractId)).toEqual(expected.counters);
      expect(await unequalAllocations(app, contractId)).toEqual([]);
    }),
    { numRuns: RUNS, endOnFailure: true },
  );
}, 600_000);

function difference(before: Record<string, bigint>, after: Record<string, bigint>): Record<string, bigint> {
  const codes = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  const moved = codes.map((code) => [code, (after[code] ?? 0n) - (before[code] ?? 0n)] as const);
  return Object.fromEntries(moved.filter(([, amount]) => amount !== 0n));
}
