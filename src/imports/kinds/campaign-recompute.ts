import type { MergeContext } from './importer.ts';

/**
 * Asks for figures and credit of all campaigns that have begun: people of a large import may have met any of them, and a
 * recompute that changes nothing is cheap beside finding out which.
 */
export async function requestCampaignRecompute({ session, services, actor }: MergeContext): Promise<void> {
  const begun = await session.query<{ id: string }>(
    "select id from campaigns where state not in ('DRAFT', 'PLANNED') order by id",
  );
  for (const { id: campaignId } of begun) {
    const message = { payload: { campaignId }, requestedBy: actor };
    await services.outbox.enqueueOnce(session.em, { job: 'refresh-campaign-metrics', ...message });
    await services.outbox.enqueueOnce(session.em, { job: 'attribute-campaign', ...message });
  }
}
