import type { Platform } from '../platform/platform.ts';
import { type Actor, requireRole } from '../shared/actor.ts';
import { ForbiddenError, InvalidInputError } from '../shared/domain-error.ts';
import { requireText } from '../shared/input.ts';
import { Chargeback } from './chargeback.entity.ts';
import { Payment } from './payment.entity.ts';
import { type DisputeEvent, SANDBOX, type SandboxProvider } from './sandbox-provider.ts';

export interface SandboxDisputeInput {
  readonly orderId: string;
  readonly event: DisputeEvent;
  /** Disputed sum in minor units; absent for the whole payment, or for the sum that is disputed already. */
  readonly amountMinor?: bigint | null;
  readonly reason?: string | null;
}

/** Lets staff play through disputes with the sandbox, where no bank starts one. */
export class SandboxDisputeService {
  readonly #platform: Platform;
  readonly #sandbox: SandboxProvider;

  constructor(platform: Platform, sandbox: SandboxProvider) {
    this.#platform = platform;
    this.#sandbox = sandbox;
  }

  /**
   * Makes the sandbox tell of a dispute about an order's payment, as a bank would: by a signed webhook, outside of any
   * transaction. Told twice, it changes nothing.
   *
   * @throws ForbiddenError for others than finance and admins, and when there is no such order with a payment
   * @throws InvalidInputError when the payment is none of the sandbox, was not captured, or is less than the sum
   */
  async tell(actor: Actor, input: SandboxDisputeInput): Promise<void> {
    requireRole(actor, 'FINANCE', 'ADMIN');
    const { orderId, event } = input;
    const reason = requireText('reason', input.reason ?? 'The buyer does not recognise the payment.', {
      maxLength: 500,
    });
    const em = this.#platform.database.orm.em.fork();
    const payment = await em.findOne(Payment, { orderId });
    if (!payment) throw new ForbiddenError();
    const { id: paymentId, currency } = payment;
    const known = await em.findOne(Chargeback, { paymentId });
    const amountMinor = known?.amountMinor ?? input.amountMinor ?? payment.amountMinor;
    checkDispute(payment, { amountMinor, askedMinor: input.amountMinor ?? amountMinor });
    await this.#sandbox.dispute({ paymentId, amountMinor, currency, event, reason });
  }
}

function checkDispute(payment: Payment, sums: { amountMinor: bigint; askedMinor: bigint }): void {
  const { amountMinor, askedMinor } = sums;
  if (payment.provider !== SANDBOX) {
    throw new InvalidInputError('orderId', 'Only payments of the sandbox are disputed by hand.');
  }
  if (!payment.wasCaptured()) throw new InvalidInputError('orderId', 'Nothing was collected that could be disputed.');
  if (askedMinor !== amountMinor) {
    throw new InvalidInputError('amountMinor', `The dispute is about ${amountMinor} minor units.`);
  }
  if (amountMinor <= 0n || amountMinor > payment.amountMinor) {
    throw new InvalidInputError('amountMinor', 'A dispute is about the payment or a part of it.');
  }
}
