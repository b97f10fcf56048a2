import type { InferKyselyDB } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { type EntityManager, rowsOf } from '../platform/database.ts';
import type { Platform } from '../platform/platform.ts';
import type { ChargebackService } from './chargeback.service.ts';
import type { PaymentService } from './payment.service.ts';
import type { ProviderNotice, WebhookRequest } from './payment-provider.ts';
import type { PaymentProviders } from './payment-providers.ts';
import type { ProviderEventSchema } from './provider-event.entity.ts';
import type { RefundService } from './refund.service.ts';
import { WebhookRefusedError } from './webhook.errors.ts';

type Tables = InferKyselyDB<typeof ProviderEventSchema>;

/** `APPLIED`: it changed something. `DUPLICATE`: it came before. `STALE`: what it speaks of was settled before. */
export type WebhookOutcome = 'APPLIED' | 'DUPLICATE' | 'STALE';

interface Collaborators {
  readonly payments: PaymentService;
  readonly refunds: RefundService;
  readonly chargebacks: ChargebackService;
  readonly providers: PaymentProviders;
}

/** What payment providers tell us. */
export class WebhookService {
  readonly #platform: Platform;
  readonly #with: Collaborators;

  constructor(platform: Platform, collaborators: Collaborators) {
    this.#platform = platform;
    this.#with = collaborators;
  }

  /**
   * Takes a webhook: checks who sent it, and records it and all that follows in one transaction. The record's key is
   * the provider's name of the event, so that a second delivery, even at the same time, changes nothing.
   *
   * @throws WebhookRefusedError
   */
  async receive(providerName: string, request: WebhookRequest): Promise<WebhookOutcome> {
    const { logger, database } = this.#platform;
    const provider = this.#with.providers.find(providerName);
    if (!provider) throw new WebhookRefusedError('UNKNOWN_PROVIDER', 'There is no such payment provider.');
    const notice = provider.readNotice(request);
    const outcome = await database.transaction((em) => this.#apply(em, provider.name, notice));
    // A stale notice can mean that the provider's view of a payment differs from ours: reconciliation looks into it.
    logger[outcome === 'STALE' ? 'warn' : 'info']({ provider: provider.name, notice, outcome }, 'payment notice');
    return outcome;
  }

  async #apply(em: EntityManager, provider: string, notice: ProviderNotice): Promise<WebhookOutcome> {
    if (!(await this.#record(em, provider, notice))) return 'DUPLICATE';
    return (await this.#settle(em, provider, notice)) ? 'APPLIED' : 'STALE';
  }

  #settle(em: EntityManager, provider: string, notice: ProviderNotice): Promise<boolean> {
    const { payments, refunds, chargebacks } = this.#with;
    switch (notice.type) {
      case 'PAYMENT_AUTHORISED':
      case 'PAYMENT_CAPTURED':
      case 'PAYMENT_FAILED':
        return payments.settle(em, { provider, notice });
      case 'REFUND_SUCCEEDED':
      case 'REFUND_FAILED':
        return refunds.settle(em, { provider, notice });
      case 'CHARGEBACK_OPENED':
      case 'CHARGEBACK_WON':
      case 'CHARGEBACK_LOST':
        return chargebacks.settle(em, { provider, notice });
    }
  }

  /** False when the event is there already. Waits for another delivery of it that is under way. */
  async #record(em: EntityManager, provider: string, notice: ProviderNotice): Promise<boolean> {
    const result = await rowsOf<Tables>(em)
      .insertInto('provider_events')
      .values({
        provider,
        event_id: notice.eventId,
        type: notice.type,
        payment_id: paymentOf(notice),
        payload: sql<Record<string, unknown>>`${JSON.stringify(notice, amountsAsText)}::jsonb`,
        received_at: this.#platform.clock.now(),
      })
      .onConflict((conflict) => conflict.columns(['provider', 'event_id']).doNothing())
      .executeTakeFirst();
    return result.numInsertedOrUpdatedRows === 1n;
  }
}

/** Null where there is none such, which is refused later on. */
function paymentOf(notice: ProviderNotice) {
  if ('paymentId' in notice) return sql<string | null>`(select id from payments where id = ${notice.paymentId})`;
  return sql<string | null>`(select payments.id from refunds join payments on payments.order_id = refunds.order_id
    where refunds.id = ${notice.refundId})`;
}

function amountsAsText(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}
