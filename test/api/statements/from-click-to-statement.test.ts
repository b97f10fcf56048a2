import { expect, it } from 'vitest';
import { globalId } from '../../../src/shared/global-id.ts';
import { aContent } from '../../support/contents.ts';
import { aContract, deduction, share } from '../../support/contracts.ts';
import { placedOrder, refundOrder } from '../../support/order-operations.ts';
import { aMember, aPartner } from '../../support/partners.ts';
import { aFinanceClerk, aLearner } from '../../support/people.ts';
import { aTouchpoint, balances } from '../../support/settlement.ts';
import { askStatement, close } from '../../support/statements.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

const terms = [
  deduction(1),
  share(2, { percent: '20', beneficiary: 'PLATFORM' }),
  share(3, { percent: '10', beneficiary: 'CAMPAIGN_POOL' }),
  share(4, { percent: '100', beneficiary: 'CONTENT_OWNER' }),
];

/** A learner clicks on the bank's campaign and buys a course of the school for 200.00. */
async function aSaleByClick(app: TestApp) {
  const [school, bank] = [await aPartner(app), await aPartner(app)];
  await aContract(app, { parties: [{ partnerId: school.id }], versions: [{ terms }] });
  const course = await aContent(app, { partnerId: school.id, priceMinor: 20_000n });
  const learner = await aLearner(app);
  await aTouchpoint(app, { userId: learner.id, partnerId: bank.id, occurredAt: new Date('2026-10-29T08:00:00Z') });
  const orderId = await placedOrder(app, learner, { contentIds: [course.id] });
  await app.drainJobs();
  return { school, bank, orderId };
}

it('leads from a click to a line on the statement of the partner that earned it, and back again', async () => {
  await using app = await startTestApp({ now: new Date('2026-10-30T08:00:00Z') });
  const { school, bank, orderId } = await aSaleByClick(app);
  const clerk = await aFinanceClerk(app);
  // The fee is 0.6 % of 200.00: 198.80 is left, of which the platform takes 39.76; a tenth of 159.04 goes to the pool.
  const ofOctober = { period: '2026-10' };
  const ofBank = { partnerId: globalId('Partner', bank.id), ...ofOctober };
  const ofSchool = { partnerId: globalId('Partner', school.id), ...ofOctober };
  const banker = await aMember(app, { partnerId: bank.id, role: 'FINANCE' });
  expect((await askStatement(app, banker, ofBank))?.closing.amount).toBe('15.90');
  expect((await askStatement(app, clerk, ofSchool))?.closing.amount).toBe('143.14');
  await expect(askStatement(app, banker, ofSchool)).rejects.toThrow(/may not/);

  app.clock.set(new Date('2026-11-03T08:00:00Z'));
  await close(app, '2026-10');
  await refundOrder(app, clerk, { orderId });
  await app.drainJobs();
  const november = await askStatement(app, banker, { ...ofBank, period: '2026-11' });
  expect(november).toMatchObject({ opening: { amount: '15.90' }, closing: { amount: '0.00' } });
  expect(november?.lines.edges.map(({ node }) => [node.kind, node.amount.amount])).toEqual([['REFUND', '-15.90']]);
  expect((await askStatement(app, banker, ofBank))?.closing.amount).toBe('15.90');

  expect(await balances(app)).toEqual({});
  const { data } = await app.graphql('{ verifyLedger { isIntact transactions links unsealed } }', {}, clerk);
  expect(data).toEqual({ verifyLedger: { isIntact: true, transactions: 2, links: 2, unsealed: 0 } });
});
