import type { JobHandler } from './job-handler.ts';

/** Splits a paid order among its parties and puts it into the books. */
export const settleSale: JobHandler<'settle-sale'> = async ({ orderId }, { services, logger }) => {
  const { allocations } = await services.allocations.settleSales([orderId]);
  logger.debug({ orderId, allocations }, 'sale settled');
};
