import type { JobHandler } from './job-handler.ts';

/** Asks the payment provider to collect a placed order. */
export const chargePayment: JobHandler<'charge-payment'> = async ({ paymentId }, { services }) => {
  await services.payments.charge(paymentId);
};
