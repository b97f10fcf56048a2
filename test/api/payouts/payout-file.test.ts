import { createHash } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { globalId } from '../../../src/shared/global-id.ts';
import { aMember } from '../../support/partners.ts';
import { aBatch, moveBatch } from '../../support/payout-operations.ts';
import { anEarning, aPayee, setDetails } from '../../support/payouts.ts';
import { aFinanceClerk, aLearner, anAdmin } from '../../support/people.ts';
import { close } from '../../support/statements.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

const NOW = new Date('2026-11-05T08:00:00Z');
const OCTOBER = new Date('2026-10-20T00:00:00Z');

function download(app: TestApp, path: string, who: { token?: string }) {
  const headers = who.token ? { authorization: `Bearer ${who.token}` } : {};
  return app.server.inject({ method: 'GET', url: path, headers });
}

async function aDraft(app: TestApp) {
  const payee = await aPayee(app, { name: '=cmd|calc', beneficiary: '云帆, "Ltd"' });
  await anEarning(app, payee.id, { amountMinor: 123_456n, at: OCTOBER });
  await close(app, '2026-10');
  const [clerk, approver] = [await aFinanceClerk(app), await aFinanceClerk(app)];
  return { payee, clerk, approver, batch: await aBatch(app, clerk) };
}

describe('the payout file', () => {
  it('is downloaded from the approval on, with the bytes of the recorded digest, whatever changes later', async () => {
    await using app = await startTestApp({ now: NOW });
    const { payee, clerk, approver, batch } = await aDraft(app);
    const path = `/payouts/${batch.id}.csv`;
    expect((await download(app, path, clerk)).statusCode).toBe(409);
    const approved = await moveBatch(app, approver, { step: 'approve', batchId: batch.id });
    await setDetails(app, payee, { account: 'ANOTHER99' });
    const file = await download(app, path, clerk);
    expect([file.statusCode, file.headers['content-type']]).toEqual([200, 'text/csv; charset=utf-8']);
    expect(file.headers['content-disposition']).toBe(`attachment; filename="payouts-${batch.id}.csv"`);
    const digest = createHash('sha256').update(file.rawPayload);
    const hex = digest.copy().digest('hex');
    expect([approved.batch?.fileSha256, approved.batch?.filePath]).toEqual([hex, path]);
    expect(file.headers['repr-digest']).toBe(`sha-256=:${digest.digest('base64')}:`);
    const [line]: Record<string, string>[] = parse(file.body, { columns: true });
    expect(line).toEqual({
      payout_id: batch.payouts.edges[0]?.node.id,
      partner: "'=cmd|calc",
      beneficiary: '云帆, "Ltd"',
      account: 'DE89370400440532013000',
      country: 'DE',
      amount: '1234.56',
      currency: 'CNY',
      reference: expect.stringMatching(/^P[0-9A-F]{32}$/),
    });
    await moveBatch(app, clerk, { step: 'send', batchId: batch.id });
    expect((await download(app, path, clerk)).body).toBe(file.body);
  });

  it('is gone when the batch is cancelled', async () => {
    await using app = await startTestApp({ now: NOW });
    const { clerk, approver, batch } = await aDraft(app);
    await moveBatch(app, approver, { step: 'approve', batchId: batch.id });
    await moveBatch(app, clerk, { step: 'cancel', batchId: batch.id });
    const answer = await download(app, `/payouts/${batch.id}.csv`, clerk);
    expect([answer.statusCode, answer.json()]).toMatchObject([
      409,
      { errors: [{ extensions: { code: 'NO_PAYOUT_FILE' } }] },
    ]);
  });

  it('is for finance staff alone, and tells others not even whether it is there', async () => {
    await using app = await startTestApp({ now: NOW });
    const { payee, clerk, approver, batch } = await aDraft(app);
    await moveBatch(app, approver, { step: 'approve', batchId: batch.id });
    const path = `/payouts/${batch.id}.csv`;
    const absent = `/payouts/${globalId('PayoutBatch', app.platform.ids.next())}.csv`;
    const others = [payee.owner, await aMember(app, { partnerId: payee.id, role: 'FINANCE' }), await anAdmin(app)];
    for (const who of [...others, await aLearner(app)]) {
      expect((await download(app, path, who)).statusCode).toBe(403);
      expect((await download(app, absent, who)).statusCode).toBe(403);
    }
    for (const who of [{}, { token: 'x'.repeat(40) }]) expect((await download(app, path, who)).statusCode).toBe(401);
    expect((await download(app, absent, clerk)).statusCode).toBe(403);
  });

  it('is not found under an address that names no batch', async () => {
    await using app = await startTestApp({ now: NOW });
    const clerk = await aFinanceClerk(app);
    const foreign = globalId('Partner', app.platform.ids.next());
    for (const path of ['/payouts/x.csv', '/payouts/.csv', '/payouts/x', `/payouts/${foreign}.csv`]) {
      expect((await download(app, path, clerk)).statusCode).toBe(404);
    }
  });
});
