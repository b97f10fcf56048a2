import { system } from '../src/shared/actor.ts';
import type { JobHandler } from './job-handler.ts';

/** The walk over the chain is most of the work; what comes after it is not counted. */
const WALK = 'transactions';

/** Recomputes everything that the books promise and keeps what it found. */
export const verifyLedger: JobHandler<'verify-ledger'> = async ({ verificationId, requestedBy }, context) => {
  const { services, logger, reportProgress } = context;
  let told = 0;
  const onProgress = ({ stage, fraction }: { stage: string; fraction: number }) => {
    if (stage !== WALK || fraction < told + 0.05) return;
    told = fraction;
    reportProgress(fraction).catch((error: unknown) => logger.warn({ err: error }, 'progress was not told'));
  };
  const run = { id: verificationId, requestedBy };
  const { fault, transactions } = await services.ledgerVerification.run(system('verify-ledger'), run, { onProgress });
  if (fault) logger.error({ fault: { ...fault, sequence: String(fault.sequence) } }, 'THE LEDGER IS BROKEN');
  else logger.info({ transactions }, 'ledger verified');
};
