import { system } from '../src/shared/actor.ts';
import type { JobHandler } from './job-handler.ts';

/** Closes a month and writes its statements. */
export const closePeriod: JobHandler<'close-period'> = async ({ period, closedBy }, { services, logger }) => {
  const closing = await services.statements.closePeriod(system('close-period'), period, closedBy);
  logger.info({ period, ...closing }, 'month closed');
};
