import type { JobHandler } from './job-handler.ts';

/** Splits the sales of a contract anew by a version that reaches back. */
export const reallocateContract: JobHandler<'reallocate-contract'> = async (payload, { services, logger }) => {
  const { contractId, versionId } = payload;
  const { allocations } = await services.allocations.reallocate(contractId);
  logger.info({ contractId, versionId, allocations }, 'contract reallocated');
};
