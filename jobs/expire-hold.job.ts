import type { JobHandler } from './job-handler.ts';

/** Gives a hold back whose time is over. */
export const expireHold: JobHandler<'expire-hold'> = async ({ holdId }, { services, logger }) => {
  const isExpired = await services.ledger.expireHold(holdId);
  logger.debug({ holdId, isExpired }, 'hold looked at');
};
