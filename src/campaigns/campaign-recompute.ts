import type { OutboxService } from '../outbox/index.ts';
import type { EntityManager } from '../platform/database.ts';
import type { Actor } from '../shared/actor.ts';

/** Asks, in the transaction of the events, for the figures and the credit of campaigns to be worked out again. */
export async function requestRecompute(
  outbox: OutboxService,
  em: EntityManager,
  { campaignIds, requestedBy }: { campaignIds: Iterable<string>; requestedBy: Actor },
): Promise<void> {
  // In one order everywhere, so that two transactions never wait for each other's messages.
  for (const campaignId of [...new Set(campaignIds)].sort()) {
    await outbox.enqueueOnce(em, { job: 'refresh-campaign-metrics', payload: { campaignId }, requestedBy });
    await outbox.enqueueOnce(em, { job: 'attribute-campaign', payload: { campaignId }, requestedBy });
  }
}
