import type { SettlementProfileInput } from '../reading/settlement-profile.ts';

/**
 * Stripe's payout reconciliation, itemized. Whoever asks for the report chooses its columns; amounts are in major units
 * for every currency. Our reference travels in the metadata of the payment, under whatever key the integration gave it.
 */
export const stripeProfile: SettlementProfileInput = {
  name: 'stripe',
  provider: 'stripe',
  title: 'a payout reconciliation of Stripe',
  encodings: ['utf-8'],
  containers: ['PLAIN', 'ZIP', 'GZIP'],
  // The report can be asked for with a decimal comma; it never parts thousands, though programs that it went through may.
  decimalMarks: '.,',
  layouts: [
    {
      name: 'itemized',
      columns: {
        line: { names: ['balance_transaction_id'] },
        created: { names: ['created_utc', 'created'] },
        currency: { names: ['currency'], required: true },
        gross: { names: ['gross'], required: true },
        fee: { names: ['fee'] },
        net: { names: ['net'], required: true },
        category: { names: ['reporting_category'], required: true },
        source: { names: ['source_id'] },
        charge: { names: ['charge_id'] },
        paymentIntent: { names: ['payment_intent_id'] },
        payout: { names: ['automatic_payout_id'] },
        merchant: {
          names: [
            'payment_metadata[order_id]',
            'payment_metadata[payment_id]',
            'payment_metadata[reference]',
            'payment_metadata[merchant_reference]',
            'payment_metadata[external_identifier]',
            'payment_metadata[orchestrator_tx_ref]',
            'payment_metadata[gr4vy_tx_ref]',
            'order_id',
          ],
        },
      },
      type: {
        fields: ['category'],
        kinds: {
          charge: 'PAYMENT',
          refund: 'REFUND',
          dispute: 'CHARGEBACK',
          dispute_reversal: 'CHARGEBACK_REVERSAL',
          fee: 'FEE',
          network_cost: 'FEE',
          tax: 'FEE',
          payout: 'PAYOUT',
          charge_failure: 'ADJUSTMENT',
          refund_failure: 'ADJUSTMENT',
          partial_capture_reversal: 'ADJUSTMENT',
          payout_reversal: 'ADJUSTMENT',
          topup: 'ADJUSTMENT',
          topup_reversal: 'ADJUSTMENT',
          transfer: 'ADJUSTMENT',
          transfer_reversal: 'ADJUSTMENT',
          other_adjustment: 'ADJUSTMENT',
          risk_reserved_funds: 'ADJUSTMENT',
          connect_reserved_funds: 'ADJUSTMENT',
          connect_collection_transfer: 'ADJUSTMENT',
          contribution: 'ADJUSTMENT',
          unreconciled_customer_funds: 'ADJUSTMENT',
        },
        otherwise: 'OTHER',
      },
      currency: { field: 'currency' },
      amounts: [
        {
          gross: [{ field: 'gross', sign: 'PLUS' }],
          fee: [{ field: 'fee', sign: 'PLUS' }],
          net: [{ field: 'net', sign: 'PLUS' }],
        },
      ],
      // Stripe writes a payout as what leaves the balance; tools that pass the report on write what arrives.
      alwaysNegative: ['PAYOUT'],
      references: [
        {
          kinds: ['REFUND', 'CHARGEBACK', 'CHARGEBACK_REVERSAL', 'ADJUSTMENT'],
          provider: ['source'],
          original: ['charge', 'paymentIntent'],
          originalMerchant: ['merchant'],
          line: ['line'],
          also: ['paymentIntent'],
        },
        {
          kinds: ['PAYOUT'],
          provider: ['source', 'payout'],
          line: ['line'],
        },
        {
          provider: ['charge', 'source', 'paymentIntent'],
          merchant: ['merchant'],
          line: ['line'],
          also: ['paymentIntent', 'source'],
        },
      ],
      occurredAt: {
        fields: ['created'],
        formats: [
          'yyyy-MM-dd HH:mm:ss',
          'yyyy-MM-ddTHH:mm:ss',
          'yyyy-MM-ddTHH:mm:ssZ',
          'yyyy-MM-dd HH:mm',
          'yyyy-MM-dd',
        ],
        zone: 'UTC',
      },
      batch: { fields: ['payout'] },
      identity: [['line'], ['source', 'category', 'gross', 'payout']],
      payouts: 'LINES_OF_BATCH',
    },
  ],
};
