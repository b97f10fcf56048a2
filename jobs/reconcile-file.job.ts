import type { JobHandler } from './job-handler.ts';

const TELL_EVERY = 0.05;

/** Reads an uploaded settlement file and matches it with our payments. */
export const reconcileFile: JobHandler<'reconcile-file'> = async ({ runId }, { services, logger, reportProgress }) => {
  let told = 0;
  const onProgress = (fraction: number) => {
    if (fraction < told + TELL_EVERY) return;
    told = fraction;
    reportProgress(fraction).catch((error: unknown) => logger.warn({ err: error }, 'progress was not told'));
  };
  const matched = await services.reconciliation.reconcile(runId, onProgress);
  logger.info({ runId, lines: matched?.report.lines, exceptions: matched?.report.exceptionCounts }, 'file reconciled');
};
