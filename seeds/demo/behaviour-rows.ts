import { idFromName } from '../../src/shared/ids.ts';
import { present } from '../../src/shared/invariant.ts';
import type { Row } from './catalogue-rows.ts';
import type { DemoOrder, DemoScenario } from './scenario.types.ts';

/** What people did: events and sales, as rows by table. Nothing derived from them. */
export function behaviourRows(scenario: DemoScenario): ReadonlyMap<string, Row[]> {
  const { orders } = scenario;
  const codeOf = new Map(scenario.domains.map((domain) => [domain.id, domain.code]));
  const soldOf = new Map(
    scenario.contents.map(({ id, partnerId, domainId, module }) => {
      const domainCode = present(codeOf.get(domainId), 'the domain of a content');
      return [id, { owner_partner_id: partnerId, domain_code: domainCode, module }];
    }),
  );
  return new Map([
    ['touchpoints', touchpointRows(scenario)],
    ['visitor_links', visitorLinkRows(scenario)],
    ['interactions', interactionRows(scenario)],
    ['orders', orders.map(orderRow)],
    ['order_items', orders.flatMap((order) => itemRows(order, soldOf))],
    ['payments', orders.map(paymentRow)],
    ['refunds', orders.flatMap(refundRows)],
    ['entitlements', orders.flatMap(entitlementRows)],
    ['conversions', conversionRows(scenario)],
  ]);
}

/** The sandbox keeps 0.6 % of a payment, rounded half up, as it does for real orders. */
function sandboxFee(amountMinor: bigint): bigint {
  return (amountMinor * 6n + 500n) / 1_000n;
}

function touchpointRows(scenario: DemoScenario): Row[] {
  return scenario.touchpoints.map((touch) => ({
    id: touch.id,
    campaign_id: touch.campaignId,
    partner_id: touch.partnerId,
    channel: touch.channel,
    kind: touch.kind,
    user_id: touch.userId,
    visitor_id: touch.visitorId,
    occurred_at: touch.occurredAt,
    received_at: touch.occurredAt,
  }));
}

/** Contacts before a sign-up carry both the pseudonym and, since then, the account. */
function visitorLinkRows({ touchpoints, users }: DemoScenario): Row[] {
  const since = new Map(users.map((user) => [user.id, user.createdAt]));
  const accountOf = new Map(
    touchpoints.flatMap((t) => (t.visitorId === null || t.userId === null ? [] : [[t.visitorId, t.userId] as const])),
  );
  return [...accountOf].map(([visitorId, userId]) => ({
    visitor_id: visitorId,
    user_id: userId,
    seen_at: present(since.get(userId), 'the account of a contact'),
  }));
}

function interactionRows(scenario: DemoScenario): Row[] {
  return scenario.interactions.map((interaction) => ({
    id: interaction.id,
    user_id: interaction.userId,
    content_id: interaction.contentId,
    kind: interaction.kind,
    value: interaction.value,
    occurred_at: interaction.occurredAt,
    received_at: interaction.occurredAt,
  }));
}

function orderRow(order: DemoOrder): Row {
  return {
    id: order.id,
    user_id: order.userId,
    state: order.status,
    currency: order.currency,
    total_minor: order.totalMinor,
    idempotency_key: order.number,
    input_hash: order.number,
    placed_at: order.placedAt,
    paid_at: order.payment.paidAt,
    refunded_at: order.refund?.refundedAt ?? null,
  };
}

function itemRows(order: DemoOrder, soldOf: ReadonlyMap<string, Row>): Row[] {
  return order.items.map((item, position) => ({
    id: item.id,
    order_id: order.id,
    position,
    content_id: item.contentId,
    ...present(soldOf.get(item.contentId), 'a content that was sold'),
    list_price_minor: item.unitPriceMinor,
    discount_minor: 0n,
    price_minor: item.unitPriceMinor,
    tax_minor: 0n,
  }));
}

function paymentRow({ id, payment, currency, placedAt, refund }: DemoOrder): Row {
  return {
    id: payment.id,
    order_id: id,
    provider: 'sandbox',
    provider_reference: payment.providerReference,
    method: 'sandbox:ok',
    state: refund ? 'REFUNDED' : 'CAPTURED',
    amount_minor: payment.amountMinor,
    fee_minor: sandboxFee(payment.amountMinor),
    currency,
    created_at: placedAt,
    captured_at: payment.paidAt,
  };
}

function refundRows({ id, refund }: DemoOrder): Row[] {
  if (!refund) return [];
  const row = {
    id: refund.id,
    order_id: id,
    amount_minor: refund.amountMinor,
    reason: refund.reason,
    state: 'SUCCEEDED',
    idempotency_key: refund.id,
    provider_reference: refund.providerReference,
    requested_by: 'system:demo',
    requested_at: refund.refundedAt,
    settled_at: refund.refundedAt,
  };
  return [row];
}

function entitlementRows(order: DemoOrder): Row[] {
  return order.items.map((item) => ({
    id: idFromName('demo-entitlement', item.id),
    user_id: order.userId,
    content_id: item.contentId,
    order_id: order.id,
    granted_at: order.payment.paidAt,
    revoked_at: order.refund?.refundedAt ?? null,
  }));
}

function conversionRows(scenario: DemoScenario): Row[] {
  const refunded = new Map(scenario.orders.map((order) => [order.id, order.refund?.amountMinor ?? 0n]));
  return scenario.conversions.map((conversion) => ({
    id: conversion.id,
    kind: conversion.kind,
    user_id: conversion.userId,
    order_id: conversion.orderId,
    value_minor: conversion.valueMinor,
    refunded_minor: conversion.orderId ? present(refunded.get(conversion.orderId), 'the order of a purchase') : 0n,
    currency: conversion.currency,
    occurred_at: conversion.occurredAt,
    received_at: conversion.occurredAt,
  }));
}
