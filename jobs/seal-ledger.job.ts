import type { JobHandler } from './job-handler.ts';

/** Links new ledger transactions into the hash chain. */
export const sealLedger: JobHandler<'seal-ledger'> = async (_payload, { services, logger }) => {
  const links = await services.ledger.seal();
  logger.debug({ links }, 'ledger sealed');
};
