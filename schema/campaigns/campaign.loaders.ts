import DataLoader from 'dataloader';
import {
  type Breakdown,
  type Channel,
  findApprovals,
  findBreakdown,
  findBudgetShares,
  findCampaignContents,
  findCampaignPartners,
  findCampaignSteps,
  findCouponPages,
  findCreativePages,
  findCreativesByIds,
  findLaunchBlockers,
  findLinkFigures,
  findLinkPages,
  findMetrics,
  findPlanVersions,
  findTaskPages,
  type Granularity,
  type MetricsSpan,
  type TaskState,
} from '../../src/campaigns/index.ts';
import { findCampaignCouponUses } from '../../src/orders/index.ts';
import type { PageRequest } from '../../src/shared/page.ts';
import { type LoaderScope, loaderById, loaderOfGroups } from '../shared/loader.ts';

/** All are of campaigns that the one who asks was allowed to see. */
export function createCampaignLoaders({ platform: { database, clock } }: LoaderScope) {
  return {
    campaignPartners: loaderOfGroups(
      (ids) => findCampaignPartners(database, ids),
      (row) => row.campaignId,
    ),
    campaignContents: loaderOfGroups(
      (ids) => findCampaignContents(database, ids),
      (row) => row.campaignId,
    ),
    campaignSteps: loaderOfGroups(
      (ids) => findCampaignSteps(database, ids),
      (row) => row.campaignId,
    ),
    campaignPlanVersions: loaderOfGroups(
      (ids) => findPlanVersions(database, ids),
      (row) => row.campaignId,
    ),
    campaignApprovals: loaderOfGroups(
      (ids) => findApprovals(database, ids),
      (row) => row.campaignId,
    ),
    campaignBudgetShares: loaderOfGroups(
      (ids) => findBudgetShares(database, ids),
      (row) => row.campaignId,
    ),
    launchBlockers: loaderOfGroups(
      (campaignIds) => findLaunchBlockers(database.read(), { campaignIds, now: clock.now() }),
      (row) => row.campaignId,
    ),
    campaignTasks: loaderOfCampaigns((campaignIds, options: { request: PageRequest; state: TaskState | null }) =>
      findTaskPages(database, { ...options, campaignIds, now: clock.now() }),
    ),
    campaignCreatives: loaderOfCampaigns((campaignIds, options: { request: PageRequest; channel: Channel | null }) =>
      findCreativePages(database, { ...options, campaignIds }),
    ),
    creatives: loaderById((ids) => findCreativesByIds(database, ids)),
    campaignLinks: loaderOfCampaigns((campaignIds, options: { request: PageRequest }) =>
      findLinkPages(database, { ...options, campaignIds }),
    ),
    campaignCoupons: loaderOfCampaigns((campaignIds, options: { request: PageRequest }) =>
      findCouponPages(database, { ...options, campaignIds }),
    ),
    campaignCouponUses: loaderById((ids) => findCampaignCouponUses(database, ids)),
    linkFigures: loaderById(async (ids) => {
      const rows = await findLinkFigures(database, ids);
      return rows.map(({ linkId: id, ...figures }) => ({ id, ...figures }));
    }),
    campaignMetrics: loaderOfCampaigns((campaignIds, options: MetricsSpan & { granularity: Granularity }) =>
      findMetrics(database, { ...options, campaignIds }),
    ),
    campaignBreakdowns: loaderOfCampaigns((campaignIds, options: MetricsSpan & { by: Breakdown }) =>
      findBreakdown(database, { ...options, campaignIds }),
    ),
  };
}

/** A campaign, and how it is asked for. */
export interface CampaignKey<Options> {
  readonly campaignId: string;
  readonly options: Options;
}

/** Rows of campaigns: one statement for each set of options, however many campaigns; a set that fails fails alone. */
export function loaderOfCampaigns<Options, Row extends { readonly campaignId: string }>(
  find: (campaignIds: readonly string[], options: Options) => Promise<readonly Row[]>,
): DataLoader<CampaignKey<Options>, readonly Row[], string> {
  const findAll = async (keys: readonly CampaignKey<Options>[], options: Options) => {
    const campaignIds = keys.map(({ campaignId }) => campaignId);
    return Map.groupBy(await find(campaignIds, options), ({ campaignId }) => campaignId);
  };
  const batch = (keys: readonly CampaignKey<Options>[]) => {
    const groups = Map.groupBy(keys, ({ options }) => JSON.stringify(options));
    const found = new Map<string, Promise<Map<string, Row[]>>>();
    return Promise.all(
      keys.map(async ({ campaignId, options }) => {
        const text = JSON.stringify(options);
        const rows = found.get(text) ?? findAll(groups.get(text) ?? [], options);
        found.set(text, rows);
        return rows.then(
          (byCampaign) => byCampaign.get(campaignId) ?? [],
          (error: Error) => error,
        );
      }),
    );
  };
  return new DataLoader(batch, { cacheKeyFn: (key) => JSON.stringify(key) });
}
