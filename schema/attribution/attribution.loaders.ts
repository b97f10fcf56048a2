import DataLoader from 'dataloader';
import {
  type AttributionModelName,
  compareRuns,
  findCurrentAttributions,
  type RunComparison,
  type RunPair,
} from '../../src/attribution/index.ts';
import { findCampaignsByIds } from '../../src/campaigns/index.ts';
import { findOpenPayloads } from '../../src/outbox/index.ts';
import { loaderOfCampaigns } from '../campaigns/campaign.loaders.ts';
import { type LoaderScope, loaderById } from '../shared/loader.ts';

export function createAttributionLoaders({ platform: { database } }: LoaderScope) {
  return {
    attributions: loaderOfCampaigns((campaignIds, options: { model: AttributionModelName }) =>
      findCurrentAttributions(database, { ...options, campaignIds }),
    ),
    /** Of reports, which are for those who may see every campaign. */
    creditedCampaigns: loaderById((ids) => findCampaignsByIds(database, { ids, scope: 'ALL' })),
    /** Of runs of campaigns that the one who asks was allowed to see. */
    runComparisons: new DataLoader<RunPair, RunComparison, string>((pairs) => compareRuns(database, pairs), {
      cacheKeyFn: ({ runId, since }) => `${runId} ${since}`,
    }),
    /** Whether the credit of a campaign is being worked out, or about to be. */
    attributionsOpen: new DataLoader(async (campaignIds: readonly string[]) => {
      const open = new Set(
        (await findOpenPayloads(database, 'attribute-campaign')).map(({ campaignId }) => campaignId),
      );
      return campaignIds.map((id) => open.has(id));
    }),
  };
}
