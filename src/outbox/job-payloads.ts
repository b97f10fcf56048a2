/** Every job by name, with what it is told. Values are identifiers: a job reads the rest from the database. */
export interface JobPayloads {
  /** Asks the payment provider to collect a placed order. */
  'charge-payment': { readonly paymentId: string };
  /** Asks the payment provider to pay back. */
  'send-refund': { readonly refundId: string };
  /** Splits a paid order among its parties and posts it. */
  'settle-sale': { readonly orderId: string };
  /** Returns a refund's parts from those who got them. */
  'settle-refund': { readonly refundId: string };
  /** Takes back, or gives again, what a chargeback moved. */
  'settle-chargeback': { readonly chargebackId: string };
  /** Splits the sales of a contract anew by a version that reaches back, and posts the differences. */
  'reallocate-contract': { readonly contractId: string; readonly versionId: string };
  /** Links new ledger transactions into the hash chain. */
  'seal-ledger': Record<string, never>;
  /** Recomputes everything that the books promise. `requestedBy`: in whose name the result is kept. */
  'verify-ledger': { readonly verificationId: string; readonly requestedBy: string };
  /** Closes a month and writes its statements. `closedBy`: in whose name; absent for the schedule's own. */
  'close-period': { readonly period: string; readonly closedBy?: string };
  /** Cancels an order that nobody paid in time. */
  'expire-order': { readonly orderId: string };
  /** Gives a contract the state that its dates ask for: in force, or ended. */
  'advance-contract': { readonly contractId: string };
  /** Gives a hold back whose time is over. */
  'expire-hold': { readonly holdId: string };
  /** Reads an uploaded settlement file and matches it with our payments. */
  'reconcile-file': { readonly runId: string };
  'attribute-campaign': { readonly campaignId: string };
  /** Learns removal effects from the journeys of everybody. `order`: of the chain; as before when absent. */
  'learn-removal-effects': { readonly order?: number };
  'refresh-campaign-metrics': { readonly campaignId: string };
  /**
   * Plans a training of the similarity model. `shardCount`: how many jobs to cut it in; by the work, when absent.
   * `isFull`: whether to begin anew where it could go on from an earlier version.
   */
  'recompute-similarity': { readonly runId: string; readonly shardCount?: number; readonly isFull?: boolean };
  /** Does one part of a training. */
  'train-shard': { readonly runId: string; readonly number: number };
  /** Joins the parts of a training, measures the version and lets it serve unless it is worse. */
  'publish-model': { readonly runId: string };
  /** Learns the ranker of feeds anew from what feeds showed. */
  'train-ranker': { readonly runId: string };
  /** Forgets feeds that nothing is learnt from any more. */
  'prune-feeds': Record<string, never>;
  /** Brings what finds contents by their texts in step with published ones: those named, or all. */
  'index-contents': { readonly contentIds?: readonly string[] };
  /** Forgets jobs that were done long ago. */
  'prune-outbox': Record<string, never>;
}

export type JobName = keyof JobPayloads;
