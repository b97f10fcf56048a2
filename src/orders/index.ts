export { CHARGEBACK_STATES, Chargeback, ChargebackSchema, type ChargebackState } from './chargeback.entity.ts';
export { type ChargebackRow, findChargebacksOfOrders } from './chargeback.queries.ts';
export { ChargebackService } from './chargeback.service.ts';
export { Entitlement, EntitlementSchema } from './entitlement.entity.ts';
export { type EntitlementRow, findOwnedContentIds } from './entitlement.queries.ts';
export { EntitlementService } from './entitlement.service.ts';
export { Fulfilment } from './fulfilment.ts';
export { Order, OrderSchema } from './order.entity.ts';
export { AgeRestrictedError, AlreadyOwnedError, NotOnOfferError, OrderNotOpenError } from './order.errors.ts';
export {
  findCampaignCouponUses,
  findItemsOfOrders,
  findPaymentsOfOrders,
  findRefundsOfOrders,
  type OrderItemRow,
  type OrderRow,
  type PaymentRow,
  type RefundRow,
} from './order.queries.ts';
export { OrderService } from './order.service.ts';
export { CANCELLATIONS, type Cancellation, ORDER_STATES, type OrderState } from './order.state.ts';
export { OrderCancellationService } from './order-cancellation.service.ts';
export { OrderItem, OrderItemSchema } from './order-item.entity.ts';
export { OrderPlacementService } from './order-placement.service.ts';
export { PAYMENT_STATES, Payment, PaymentSchema, type PaymentState } from './payment.entity.ts';
export { PaymentService } from './payment.service.ts';
export { findEventsOfPayments, type PaymentEventRow } from './payment-event.queries.ts';
export { PaymentProviders } from './payment-providers.ts';
export { standingOf } from './payment-standing.ts';
export { ProviderEventSchema } from './provider-event.entity.ts';
export { REFUND_STATES, Refund, RefundSchema, type RefundState } from './refund.entity.ts';
export { AlreadyRefundedError, NotRefundableError, PaymentDisputedError, RefundTooHighError } from './refund.errors.ts';
export { RefundService } from './refund.service.ts';
export { findReturnFacts, RETURN_KINDS, type ReturnFacts, type ReturnKind } from './return.queries.ts';
export { SandboxDisputeService } from './sandbox-dispute.service.ts';
export {
  DISPUTE_EVENTS,
  type DisputeEvent,
  SandboxProvider,
  SIGNATURE_HEADER,
  sandboxFeeMinor,
} from './sandbox-provider.ts';
export {
  findSettlementFacts,
  type SettlementFacts,
  type SettlementItem,
} from './settlement.queries.ts';
export { type WebhookRefusal, WebhookRefusedError } from './webhook.errors.ts';
export { WebhookService } from './webhook.service.ts';
export { type DeliverWebhook, deliverByHttp, type WebhookPost } from './webhook-delivery.ts';
export { signWebhook, TOLERANCE_SECONDS } from './webhook-signature.ts';
