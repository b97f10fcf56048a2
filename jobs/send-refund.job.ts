import type { JobHandler } from './job-handler.ts';

/** Asks the payment provider to pay back. */
export const sendRefund: JobHandler<'send-refund'> = async ({ refundId }, { services }) => {
  await services.refunds.send(refundId);
};
