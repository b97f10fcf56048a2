import { expect, it } from 'vitest';
import { recurrences } from '../../jobs/schedule.ts';
import { localId } from '../../src/shared/global-id.ts';
import { anAwaitingOrder, noticesOf, tell } from '../support/notices.ts';
import { seeOrder } from '../support/order-operations.ts';
import { aFinanceClerk } from '../support/people.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

const DAY_MS = 24 * 3_600_000;

async function whatIsDue(app: TestApp): Promise<unknown> {
  return recurrences['expire-orders']?.due(app.clock.now(), app.services);
}

it('finds the orders that nobody paid for a day, and the job cancels them; paid ones stay', async () => {
  await using app = await startTestApp();
  const [unpaid, paid] = [await anAwaitingOrder(app), await anAwaitingOrder(app)];
  await tell(app, noticesOf(paid).captured());
  expect(await whatIsDue(app)).toEqual([]);
  app.clock.advance(DAY_MS);
  const orderId = localId('Order', unpaid.orderId);
  expect(await whatIsDue(app)).toEqual([{ job: 'expire-order', payload: { orderId } }]);
  const waiting = await app.platform.database.pool.query('delete from outbox_messages');
  expect(waiting.rowCount).toBeGreaterThan(0);
  await app.platform.database.transaction(async (em) => {
    for (const id of [orderId, orderId, localId('Order', paid.orderId)]) {
      app.services.outbox.enqueue(em, {
        job: 'expire-order',
        payload: { orderId: id },
        requestedBy: { kind: 'SYSTEM', name: 'test' },
      });
    }
  });
  await app.drainJobs();
  expect(await whatIsDue(app)).toEqual([]);
  const clerk = await aFinanceClerk(app);
  expect(await seeOrder(app, clerk, unpaid.orderId)).toMatchObject({ state: 'CANCELLED', cancellation: 'EXPIRED' });
  expect(await seeOrder(app, clerk, paid.orderId)).toMatchObject({ state: 'PAID' });
});
