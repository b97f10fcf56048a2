import type { JobHandler } from './job-handler.ts';

/** Works out a campaign's daily figures again. */
export const refreshCampaignMetrics: JobHandler<'refresh-campaign-metrics'> = async ({ campaignId }, { services }) => {
  await services.campaignMetrics.refresh(campaignId);
};
