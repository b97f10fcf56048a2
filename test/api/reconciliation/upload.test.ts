import { describe, expect, it } from 'vitest';
import { localId } from '../../../src/shared/global-id.ts';
import { aPaidOrder } from '../../support/orders.ts';
import { aFinanceClerk } from '../../support/people.ts';
import { decimal, stripeFile, uploadFile } from '../../support/reconciliation.ts';
import { startTestApp } from '../../support/test-app.ts';

describe('a settlement file', () => {
  it('is uploaded, read by a job, and matched with what was paid', async () => {
    await using app = await startTestApp();
    const clerk = await aFinanceClerk(app);
    const order = await aPaidOrder(app);
    const [gross, fee] = [decimal(order.totalMinor), decimal((order.totalMinor * 6n + 500n) / 1_000n)];
    const file = stripeFile(
      [{ txn: 'txn_1', category: 'charge', gross, fee, charge: `sbx_${order.id}` }],
      app.clock.now(),
    );
    const kept = await uploadFile(app, clerk, file);
    expect([kept.status, kept.isNew]).toEqual([202, true]);
    await app.drainJobs();
    const run = await app.services.reconciliation.find(
      { kind: 'SYSTEM', name: 'test' },
      localId('ReconciliationRun', kept.runId),
    );
    expect(run).toMatchObject({ state: 'MATCHED', report: { lines: 1, exceptionCounts: {} } });
    expect(run?.report?.rows).toMatchObject([
      { kind: 'PAYMENT', matched: { count: 1 }, movementsMissing: { count: 0 } },
    ]);
  });
});
