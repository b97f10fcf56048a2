import type { JobHandler } from './job-handler.ts';

/** Takes back what a chargeback moved, and gives it again once it was won. */
export const settleChargeback: JobHandler<'settle-chargeback'> = async ({ chargebackId }, { services, logger }) => {
  const { allocations } = await services.allocations.settleChargebacks([chargebackId]);
  logger.debug({ chargebackId, allocations }, 'chargeback settled');
};
