import type { JobHandler } from './job-handler.ts';

/** Cancels an order that nobody paid in time. */
export const expireOrder: JobHandler<'expire-order'> = async ({ orderId }, { services, logger }) => {
  const isCancelled = await services.orderCancellation.expire(orderId);
  logger.debug({ orderId }, isCancelled ? 'order expired' : 'order was paid or cancelled in time');
};
