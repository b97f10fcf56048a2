import type { JobHandler } from './job-handler.ts';

/** Gives a contract the state that its dates ask for. */
export const advanceContract: JobHandler<'advance-contract'> = async ({ contractId }, { services, logger }) => {
  const state = await services.contractLifecycle.advance(contractId);
  logger.debug({ contractId, state }, 'contract advanced');
};
