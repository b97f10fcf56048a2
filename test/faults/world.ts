import type { TermProposal } from '../../src/contracts/index.ts';
import { Order, OrderItem, Payment } from '../../src/orders/index.ts';
import { idFromName } from '../../src/shared/ids.ts';
import { nextMonth } from '../../src/shared/month.ts';
import type { Random } from '../../src/shared/random.ts';
import { aContent } from '../support/contents.ts';
import { aContract, deduction, share } from '../support/contracts.ts';
import { aPayee, type TestPayee } from '../support/payouts.ts';
import { aFinanceClerk, aLearner, type TestPerson } from '../support/people.ts';
import { aTouchpoint } from '../support/settlement.ts';
import type { RemoteApp } from './remote-app.ts';

/** A content, and whose it is. */
export interface Ware {
  readonly contentId: string;
  readonly ownerPartnerId: string;
  readonly priceMinor: bigint;
  readonly currency: string;
}

/** Who deals with whom while processes die. */
export interface World {
  /** In yuan under a contract of many clauses, and in dollars under a plain one. */
  readonly wares: readonly Ware[];
  readonly contractId: string;
  /** Both sides that sign amendments of that contract. */
  readonly parties: readonly TestPayee[];
  /** One proposes, the other approves. */
  readonly clerks: readonly [TestPerson, TestPerson];
  readonly campaignId: string;
}

/** The first month in which anything was sold. */
export const FIRST_MONTH = '2012-01';

/** @param platformPercent what the platform takes of the first 500.00 a month: the word that amendments change */
export function clausesOf(promoterId: string, platformPercent: string): TermProposal[] {
  const tiers = [
    { from: '0', percent: platformPercent },
    { from: '50000', percent: '12.5' },
  ];
  const description = 'A clause of the fault suite.';
  const platform = { beneficiary: 'PLATFORM', basis: 'SALE', window: 'MONTH' } as const;
  const promoter = { beneficiary: 'PARTNER', partnerId: promoterId, capMinor: 40_000n, capWindow: 'MONTH' } as const;
  return [
    deduction(1),
    { clause: '2.1', step: 2, kind: 'TIERED', tiers, ...platform, description },
    { clause: '3.1', step: 3, kind: 'FLAT', amountMinor: 150n, currency: 'CNY', ...promoter, description },
    share(4, { percent: '15', beneficiary: 'CAMPAIGN_POOL' }),
    share(5, { percent: '100', beneficiary: 'CONTENT_OWNER' }),
  ];
}

/** Two suppliers, a promoter with a campaign, and two clerks. */
export async function buildWorld(app: RemoteApp): Promise<World> {
  const owner = await aPayee(app);
  const promoter = await aPayee(app);
  const plain = await aPayee(app);
  const terms = clausesOf(promoter.id, '30');
  const parties = [{ partnerId: owner.id }, { partnerId: promoter.id, role: 'PROMOTER' as const }];
  const { id: contractId } = await aContract(app, { parties, versions: [{ terms, effectiveFrom: LONG_AGO }] });
  const dollars = { currency: 'USD', versions: [{ rounding: 'LISTED_ORDER', effectiveFrom: LONG_AGO }] } as const;
  await aContract(app, { parties: [{ partnerId: plain.id }], ...dollars });
  const wares: Ware[] = [];
  for (const priceMinor of [9_999n, 25_001n]) wares.push(await aWare(app, owner.id, { priceMinor, currency: 'CNY' }));
  wares.push(await aWare(app, plain.id, { priceMinor: 4_901n, currency: 'USD' }));
  const { campaignId } = await aTouchpoint(app, { userId: (await aLearner(app)).id, partnerId: promoter.id });
  const clerks = [await aFinanceClerk(app), await aFinanceClerk(app)] as const;
  return { wares, contractId, parties: [owner, promoter], clerks, campaignId };
}

const LONG_AGO = new Date('2005-01-01T00:00:00Z');

async function aWare(app: RemoteApp, partnerId: string, price: Pick<Ware, 'priceMinor' | 'currency'>): Promise<Ware> {
  const { id: contentId } = await aContent(app, { partnerId, ...price });
  return { contentId, ownerPartnerId: partnerId, ...price };
}

/** @param round 0, 1, 2, ... @returns the month whose sales come to light in that round */
export function monthOfRound(round: number): string {
  let month = FIRST_MONTH;
  for (let count = 0; count < round; count += 1) month = nextMonth(month);
  return month;
}

/** An order that waits for its payment, with the notice that will come for it: somebody paid in a month of the past. */
export async function anOldOrder(
  app: RemoteApp,
  ware: Ware,
  { month, random }: { month: string; random: Random },
): Promise<{ id: string; notice: object }> {
  const [id, paymentId] = [app.platform.ids.next(), app.platform.ids.next()];
  const { id: userId } = await aLearner(app);
  const at = new Date(Date.parse(`${month}-02T00:00:00Z`) + Math.floor(random.next() * 24 * 86_400_000));
  const { contentId, ownerPartnerId, priceMinor, currency } = ware;
  await app.platform.database.transaction(async (em) => {
    const order = { id, userId, currency, totalMinor: priceMinor, idempotencyKey: id, inputHash: id };
    // Placed now: what waits for its payment since then would be given up by the clock.
    const placedAt = app.clock.now();
    em.create(Order, { ...order, placedAt, state: 'PLACED' }, { persist: true });
    const amounts = { listPriceMinor: priceMinor, discountMinor: 0n, priceMinor, taxMinor: 0n };
    const item = { id: app.platform.ids.next(), orderId: id, position: 0, contentId, ownerPartnerId, ...amounts };
    em.create(OrderItem, { ...item, domainCode: 'technology', module: 'COURSE' }, { persist: true });
    const payment = { id: paymentId, orderId: id, amountMinor: priceMinor, currency, createdAt: at };
    const names = { provider: 'sandbox', method: 'sandbox:ok', state: 'PENDING' } as const;
    em.create(Payment, { ...payment, ...names }, { persist: true });
  });
  const facts = { id: `evt_${idFromName('old-order', id)}`, reference: `sbx_pay_${paymentId}`, payment_id: paymentId };
  const money = { amount_minor: priceMinor.toString(), fee_minor: '37', currency, occurred_at: at.toISOString() };
  return { id, notice: { ...facts, ...money, type: 'payment.captured' } };
}
