export { Entitlement, EntitlementSchema } from './entitlement.entity.ts';
export { Order, OrderSchema } from './order.entity.ts';
export { ORDER_STATES, type OrderState } from './order.state.ts';
export { OrderItem, OrderItemSchema } from './order-item.entity.ts';
export { PAYMENT_STATES, Payment, PaymentSchema } from './payment.entity.ts';
export { ProviderEvent, ProviderEventSchema } from './provider-event.entity.ts';
export { REFUND_STATES, Refund, RefundSchema } from './refund.entity.ts';
export {
  findRefundFacts,
  findSettlementFacts,
  type RefundFacts,
  type SettlementFacts,
  type SettlementItem,
} from './settlement.queries.ts';
