import { describe, expect, it } from 'vitest';
import { aMember } from '../../support/partners.ts';
import { aBatch, createBatch, moveBatch, recordResult, recordResults } from '../../support/payout-operations.ts';
import { anEarning, aPayee } from '../../support/payouts.ts';
import { aFinanceClerk, anAdmin } from '../../support/people.ts';
import { close } from '../../support/statements.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

const NOW = new Date('2026-11-05T08:00:00Z');
const OCTOBER = new Date('2026-10-20T00:00:00Z');

/** A clerk who also belongs to the first of two partners that can be paid, beside two who belong to none. */
async function aDividedClerk(app: TestApp) {
  const [own, other] = [await aPayee(app, { name: 'School of Tests' }), await aPayee(app)];
  for (const { id } of [own, other]) await anEarning(app, id, { amountMinor: 500n, at: OCTOBER });
  await close(app, '2026-10');
  const [{ id: personId }, clerk, admin] = [await aFinanceClerk(app), await aFinanceClerk(app), await anAdmin(app)];
  const divided = await aMember(app, { partnerId: own.id, role: 'VIEWER', personId });
  return { own, other, divided, clerk, admin };
}

describe('a clerk who belongs to a partner', () => {
  it('proposes no batch that pays it, and is told which partner that is; without it the clerk may', async () => {
    await using app = await startTestApp({ now: NOW });
    const { own, other, divided } = await aDividedClerk(app);
    const refused = await createBatch(app, divided);
    expect(refused).toMatchObject({ code: 'OWN_PAYOUT', partnerIds: [own.globalId] });
    expect(refused.message).toContain('School of Tests');
    await anEarning(app, own.id, { amountMinor: -500n });
    const batch = await aBatch(app, divided);
    expect(batch.payouts.edges.map(({ node }) => node.partner.id)).toEqual([other.globalId]);
  });

  it('neither approves nor sends such a batch, of however many partners, but may give it up', async () => {
    await using app = await startTestApp({ now: NOW });
    const { own, divided, clerk, admin } = await aDividedClerk(app);
    const { id: batchId } = await aBatch(app, clerk);
    const refused = await moveBatch(app, divided, { step: 'approve', batchId });
    expect(refused).toMatchObject({ code: 'OWN_PAYOUT', partnerIds: [own.globalId] });
    expect((await moveBatch(app, admin, { step: 'approve', batchId })).batch?.state).toBe('APPROVED');
    expect((await moveBatch(app, divided, { step: 'send', batchId })).code).toBe('OWN_PAYOUT');
    expect((await moveBatch(app, divided, { step: 'cancel', batchId })).batch?.state).toBe('CANCELLED');
  });

  it('records the answers of the bank for other partners alone', async () => {
    await using app = await startTestApp({ now: NOW });
    const { own, divided, clerk, admin } = await aDividedClerk(app);
    const { id: batchId, payouts } = await aBatch(app, clerk);
    await moveBatch(app, admin, { step: 'approve', batchId });
    await moveBatch(app, clerk, { step: 'send', batchId });
    const isOwn = ({ node }: (typeof payouts.edges)[number]) => node.partner.id === own.globalId;
    const [mine, ...others] = payouts.edges.toSorted((a, b) => Number(isOwn(b)) - Number(isOwn(a)));
    const payoutId = mine?.node.id ?? '';
    expect(await recordResult(app, divided, { payoutId })).toMatchObject({
      code: 'OWN_PAYOUT',
      partnerIds: [own.globalId],
    });
    const results = [payoutId, others[0]?.node.id ?? ''].map((id) => ({ payoutId: id }));
    const answers = await recordResults(app, divided, { results });
    expect(answers.results?.map(({ payout, code }) => payout?.state ?? code)).toEqual(['OWN_PAYOUT', 'PAID']);
    expect((await recordResult(app, clerk, { payoutId })).payout?.state).toBe('PAID');
    const returned = { payoutId, outcome: 'RETURNED', reason: 'No such account.' } as const;
    expect((await recordResult(app, divided, returned)).code).toBe('OWN_PAYOUT');
  });
});
