import type { JobHandler } from './job-handler.ts';

/** Takes a refund's parts back from those who got them. */
export const settleRefund: JobHandler<'settle-refund'> = async ({ refundId }, { services, logger }) => {
  const { allocations } = await services.allocations.settleRefunds([refundId]);
  logger.debug({ refundId, allocations }, 'refund settled');
};
