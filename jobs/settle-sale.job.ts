import type { JobHandler } from './job-handler.ts';

/** Splits a paid order among its parties and puts it into the books, with others that come at the same time. */
export const settleSale: JobHandler<'settle-sale'> = async ({ orderId }, { services, logger }) => {
  await services.allocations.settleSale(orderId);
  logger.debug({ orderId }, 'sale settled');
};
