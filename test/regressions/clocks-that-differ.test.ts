import { expect, it } from 'vitest';
import { system } from '../../src/shared/actor.ts';
import { globalId } from '../../src/shared/global-id.ts';
import { amend } from '../support/amendments.ts';
import { aContent } from '../support/contents.ts';
import { contractMutation, versionWords } from '../support/contract-operations.ts';
import { aContract, share } from '../support/contracts.ts';
import { aPaidOrder } from '../support/orders.ts';
import { aMember, aPartner } from '../support/partners.ts';
import { balances } from '../support/settlement.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

const MINUTE_MS = 60_000;
const owner = (percent: string) => [share(1, { beneficiary: 'CONTENT_OWNER', percent, basis: 'SALE' })];

/** Sells for 100.00, of which the owner gets 50.00 by the first version. */
async function aScene(app: TestApp) {
  const { id: partnerId } = await aPartner(app);
  const { id: contractId } = await aContract(app, { parties: [{ partnerId }], versions: [{ terms: owner('50') }] });
  const content = await aContent(app, { partnerId, priceMinor: 10_000n });
  const sell = async (paidAt: Date) => {
    const order = await aPaidOrder(app, { contentIds: [content.id], feeMinor: 0n, paidAt });
    await app.services.allocations.settleSales([order.id]);
  };
  const inMinutes = (minutes: number) => new Date(app.clock.now().getTime() + minutes * MINUTE_MS);
  const earned = async () => -((await balances(app))[`partner:${partnerId}:payable`] ?? 0n);
  return { partnerId, contractId, sell, inMinutes, earned };
}

it('splits a sale by a version that a machine whose clock is ahead has signed', async () => {
  await using app = await startTestApp();
  const { contractId, sell, inMinutes, earned } = await aScene(app);
  const recordedAt = inMinutes(10);
  await amend(app, contractId, { number: 2, effectiveFrom: inMinutes(-60), recordedAt, terms: owner('60') });
  await sell(inMinutes(-1));
  expect(await earned()).toBe(6_000n);
});

it('keeps to the latest version when sales are split anew, whatever the clock was by which it was signed', async () => {
  await using app = await startTestApp();
  const { contractId, sell, inMinutes, earned } = await aScene(app);
  const effectiveFrom = inMinutes(-60);
  await sell(inMinutes(-1));
  await amend(app, contractId, { number: 2, effectiveFrom, terms: owner('60') });
  await amend(app, contractId, { number: 3, effectiveFrom, recordedAt: inMinutes(10), terms: owner('70') });
  await app.services.allocations.reallocate(contractId);
  expect(await earned()).toBe(7_000n);
});

it('splits a sale anew that a clock ahead has dated after an effective date which is still to come by ours', async () => {
  await using app = await startTestApp();
  const { partnerId, contractId, sell, inMinutes, earned } = await aScene(app);
  const signer = await aMember(app, { partnerId });
  await sell(inMinutes(3));
  expect(await earned()).toBe(5_000n);
  const amendment = { ...versionWords, contractId, effectiveFrom: inMinutes(2), terms: owner('60') };
  await app.services.contracts.proposeAmendment(system('test'), amendment);
  const names = { contractId: globalId('Contract', contractId), partnerId: globalId('Partner', partnerId) };
  const input = { ...names, versionNumber: 2, reason: 'Agreed.' };
  expect(await contractMutation(app, 'acceptContract', { input, token: signer.token })).toHaveProperty('contract');
  await app.drainJobs();
  expect(await earned()).toBe(6_000n);
});
