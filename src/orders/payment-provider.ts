/** A sum to collect from a learner. */
export interface ChargeRequest {
  /** Ours. The provider does the same request once, however often it is asked. */
  readonly paymentId: string;
  /** What the learner pays with, as the provider names it. */
  readonly method: string;
  readonly amountMinor: bigint;
  readonly currency: string;
}

/** A sum to pay back. */
export interface PaybackRequest {
  /** Ours. The provider does the same request once, however often it is asked. */
  readonly refundId: string;
  /** The provider's own name of the payment. */
  readonly paymentReference: string;
  readonly amountMinor: bigint;
  readonly currency: string;
}

/** The provider has taken a request. How it ended comes later, as a notice. */
export interface Acknowledgement {
  /** The provider's own name of the payment or refund. */
  readonly reference: string;
}

/** An HTTP request that says it comes from a provider. */
export interface WebhookRequest {
  /** As it came: a signature covers bytes. */
  readonly body: Buffer;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

interface NoticeFacts {
  /** The provider's own name of the event: the same event comes under the same name each time. */
  readonly eventId: string;
  /** The provider's own name of the payment, refund or dispute. */
  readonly reference: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly occurredAt: Date;
}

/** The sum is that of the payment. */
export type PaymentNotice = NoticeFacts & { readonly paymentId: string } & (
    | { readonly type: 'PAYMENT_AUTHORISED' }
    | { readonly type: 'PAYMENT_CAPTURED'; readonly feeMinor: bigint }
    | { readonly type: 'PAYMENT_FAILED'; readonly failure: string }
  );

/** The sum is that of the refund. */
export type RefundNotice = NoticeFacts & { readonly refundId: string } & (
    | { readonly type: 'REFUND_SUCCEEDED' }
    | { readonly type: 'REFUND_FAILED'; readonly failure: string }
  );

/** The sum is what the buyer disputes: the payment or a part of it, the same in all notices of one dispute. */
export type ChargebackNotice = NoticeFacts & { readonly paymentId: string } & (
    | { readonly type: 'CHARGEBACK_OPENED'; readonly feeMinor: bigint; readonly reason: string }
    | { readonly type: 'CHARGEBACK_WON' }
    | { readonly type: 'CHARGEBACK_LOST' }
  );

/** What a provider tells us has happened. */
export type ProviderNotice = PaymentNotice | RefundNotice | ChargebackNotice;

/** A company that collects money for us. Its methods reach over the network and are never called in a transaction. */
export interface PaymentProvider {
  /** Lower case; the part of a payment method before the colon. */
  readonly name: string;
  accepts(method: string): boolean;
  charge(request: ChargeRequest): Promise<Acknowledgement>;
  payBack(request: PaybackRequest): Promise<Acknowledgement>;
  /** @throws WebhookRefusedError when the request is malformed, or not signed by the provider, or too old */
  readNotice(request: WebhookRequest): ProviderNotice;
}
