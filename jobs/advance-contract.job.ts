import type { JobHandler } from './job-handler.ts';

/** Gives a contract the state that its dates ask for, and posts the advances of the version that is in force. */
export const advanceContract: JobHandler<'advance-contract'> = async ({ contractId }, { services, logger }) => {
  const state = await services.contractLifecycle.advance(contractId);
  const advances = await services.advances.payDue(contractId);
  logger.debug({ contractId, state, advances }, 'contract advanced');
};
