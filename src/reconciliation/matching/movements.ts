import { type RawBuilder, sql } from 'kysely';

/**
 * What moved money between a provider and us, as rows: captured payments, refunds that were paid back, chargebacks that
 * were opened and those of them that were won. Amounts are signed as our balance with the provider sees them.
 */
export function movementsOf(provider: string): RawBuilder<unknown> {
  return sql`(
    select 'PAYMENT' as kind, payment.id, payment.order_id, payment.id as payment_id,
           payment.provider_reference, payment.provider_reference as payment_reference,
           payment.amount_minor, coalesce(payment.fee_minor, 0) as fee_minor, payment.currency, payment.captured_at as at
    from payments payment
    where payment.provider = ${provider} and payment.captured_at is not null
    union all
    select 'REFUND', refund.id, refund.order_id, payment.id, refund.provider_reference, payment.provider_reference,
           -refund.amount_minor, 0, payment.currency, refund.settled_at
    from refunds refund join payments payment on payment.order_id = refund.order_id
    where payment.provider = ${provider} and refund.state = 'SUCCEEDED'
    union all
    select 'CHARGEBACK', chargeback.id, chargeback.order_id, payment.id,
           chargeback.provider_reference, payment.provider_reference,
           -chargeback.amount_minor, coalesce(chargeback.fee_minor, 0), chargeback.currency, chargeback.opened_at
    from chargebacks chargeback join payments payment on payment.id = chargeback.payment_id
    where chargeback.provider = ${provider} and chargeback.opened_at is not null
    union all
    select 'CHARGEBACK_REVERSAL', chargeback.id, chargeback.order_id, payment.id,
           chargeback.provider_reference, payment.provider_reference,
           chargeback.amount_minor, 0, chargeback.currency, greatest(chargeback.closed_at, chargeback.opened_at)
    from chargebacks chargeback join payments payment on payment.id = chargeback.payment_id
    where chargeback.provider = ${provider} and chargeback.opened_at is not null and chargeback.state = 'WON')`;
}
