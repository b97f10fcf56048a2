/** What a kill can fall into. */
export const PHASES = ['settle', 'refund', 'close', 'payout', 'amend'] as const;
export type Phase = (typeof PHASES)[number];

/** Jobs, and operations of clients, by the phase that they are steps of. */
const phaseOf: Readonly<Record<string, Phase>> = {
  placeOrder: 'settle',
  webhook: 'settle',
  'charge-payment': 'settle',
  'settle-sale': 'settle',
  refundOrder: 'refund',
  tellSandboxDispute: 'refund',
  'send-refund': 'refund',
  'settle-refund': 'refund',
  'settle-chargeback': 'refund',
  closePeriod: 'close',
  'close-period': 'close',
  createPayoutBatch: 'payout',
  approvePayoutBatch: 'payout',
  markPayoutBatchSent: 'payout',
  recordPayoutResult: 'payout',
  amendContract: 'amend',
  acceptContract: 'amend',
  'reallocate-contract': 'amend',
};

/** The phases of operations and jobs by name, each once. Sealing and the like belong to none. */
export function phasesOf(names: readonly string[]): Phase[] {
  return PHASES.filter((phase) => names.some((name) => phaseOf[name] === phase));
}

/** The jobs in which the work of a phase is done. */
export const JOBS_OF: Readonly<Record<Phase, readonly string[]>> = {
  settle: ['settle-sale'],
  refund: ['settle-refund', 'settle-chargeback'],
  close: ['close-period'],
  payout: [],
  amend: ['reallocate-contract'],
};
