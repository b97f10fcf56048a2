import type { JobName } from '../src/outbox/index.ts';
import { advanceContract } from './advance-contract.job.ts';
import { attributeCampaign } from './attribute-campaign.job.ts';
import { chargePayment } from './charge-payment.job.ts';
import { closePeriod } from './close-period.job.ts';
import { expireHold } from './expire-hold.job.ts';
import { expireOrder } from './expire-order.job.ts';
import { indexContents } from './index-contents.job.ts';
import type { JobHandler } from './job-handler.ts';
import { learnRemovalEffects } from './learn-removal-effects.job.ts';
import { pruneFeeds } from './prune-feeds.job.ts';
import { pruneOutbox } from './prune-outbox.job.ts';
import { publishModel } from './publish-model.job.ts';
import { reallocateContract } from './reallocate-contract.job.ts';
import { recomputeSimilarity } from './recompute-similarity.job.ts';
import { reconcileFile } from './reconcile-file.job.ts';
import { refreshCampaignMetrics } from './refresh-campaign-metrics.job.ts';
import { sealLedger } from './seal-ledger.job.ts';
import { sendRefund } from './send-refund.job.ts';
import { settleChargeback } from './settle-chargeback.job.ts';
import { settleRefund } from './settle-refund.job.ts';
import { settleSale } from './settle-sale.job.ts';
import { trainRanker } from './train-ranker.job.ts';
import { trainShard } from './train-shard.job.ts';
import { verifyLedger } from './verify-ledger.job.ts';

/** The handler of every job, by its name. */
export const handlers: { readonly [Name in JobName]?: JobHandler<Name> } = {
  'seal-ledger': sealLedger,
  'verify-ledger': verifyLedger,
  'expire-hold': expireHold,
  'charge-payment': chargePayment,
  'send-refund': sendRefund,
  'expire-order': expireOrder,
  'settle-sale': settleSale,
  'settle-refund': settleRefund,
  'settle-chargeback': settleChargeback,
  'reallocate-contract': reallocateContract,
  'advance-contract': advanceContract,
  'close-period': closePeriod,
  'reconcile-file': reconcileFile,
  'recompute-similarity': recomputeSimilarity,
  'train-shard': trainShard,
  'publish-model': publishModel,
  'train-ranker': trainRanker,
  'prune-feeds': pruneFeeds,
  'index-contents': indexContents,
  'prune-outbox': pruneOutbox,
  'attribute-campaign': attributeCampaign,
  'refresh-campaign-metrics': refreshCampaignMetrics,
  'learn-removal-effects': learnRemovalEffects,
};
