import type { JobHandler } from './job-handler.ts';

/** Works out who brought a campaign's conversions. */
export const attributeCampaign: JobHandler<'attribute-campaign'> = async (
  { campaignId },
  { services, reportProgress },
) => {
  await services.attribution.attributeCampaign(campaignId, reportProgress);
};
