import { globalId } from '../../src/shared/global-id.ts';
import { aContent, type ContentOptions } from './contents.ts';
import { aContract } from './contracts.ts';
import type { TestPerson } from './people.ts';
import type { TestApp } from './test-app.ts';

const PLACE = /* GraphQL */ `
  mutation ($input: PlaceOrderInput!) {
    placeOrder(input: $input) {
      __typename
      ... on PlaceOrderSuccess {
        order {
          id state couponCode total { amount currency } discount { amount } tax { amount }
          items { listPrice { amount } discount { amount } price { amount } tax { amount } content { id } }
          payment { state method }
        }
      }
      ... on UserError { code message }
      ... on InvalidInputError { field }
      ... on NotOnOfferError { contentIds }
      ... on AgeRestrictedError { contentIds minAge }
      ... on AlreadyOwnedError { contentIds }
      ... on IdempotencyConflictError { key }
      ... on CouponNotUsableError { reason }
    }
  }`;
const REFUND = /* GraphQL */ `
  mutation ($input: RefundOrderInput!) {
    refundOrder(input: $input) {
      __typename
      ... on RefundOrderSuccess { order { id state refundable { amount } refunds { state reason amount { amount } } } }
      ... on UserError { code message }
      ... on InvalidInputError { field }
      ... on NotRefundableError { state }
      ... on RefundTooHighError { left { amount currency } }
    }
  }`;
const ORDER = /* GraphQL */ `
  query ($id: ID!) {
    order(id: $id) {
      state
      cancellation
      total { amount }
      returned { amount }
      refundable { amount }
      paidAt
      refundedAt
      payment { state fee { amount } failure provider providerReference events { type } }
      refunds { state failure settledAt amount { amount } }
      chargebacks { state amount { amount } fee { amount } reason }
    }
  }`;

/** What `placeOrder` answered: a success with its order, or a failure with its code. */
export interface Placed {
  readonly __typename: string;
  readonly order?: { readonly id: string; readonly state: string };
  readonly code?: string;
}

/** A content whose sales can be settled: its partner supplies it under a contract. */
export async function aContentForSale(app: TestApp, options: ContentOptions = {}): Promise<{ id: string }> {
  const { id, partnerId } = await aContent(app, options);
  await aContract(app, { parties: [{ partnerId }], currency: options.currency ?? 'CNY' });
  return { id };
}

let keys = 0;

/** A key that no other order or refund of this file has. */
export function aKey(): string {
  keys += 1;
  return `test-key-${keys}`;
}

export async function placeOrder(
  app: TestApp,
  buyer: Pick<TestPerson, 'token'> | undefined,
  input: { contentIds: readonly string[]; paymentMethod?: string; idempotencyKey?: string; couponCode?: string },
): Promise<Placed> {
  const { paymentMethod = 'sandbox:ok', idempotencyKey = aKey(), couponCode = null } = input;
  const contentIds = input.contentIds.map((id) => globalId('Content', id));
  const answer = await app.query<{ placeOrder: Placed }>(
    PLACE,
    { input: { contentIds, paymentMethod, idempotencyKey, couponCode } },
    buyer ?? {},
  );
  return answer.placeOrder;
}

/** Places an order that must succeed. @returns its global id */
export async function placedOrder(
  app: TestApp,
  buyer: Pick<TestPerson, 'token'>,
  input: { contentIds: readonly string[]; paymentMethod?: string },
): Promise<string> {
  const placed = await placeOrder(app, buyer, input);
  if (!placed.order) throw new Error(`No order was placed: ${placed.code}`);
  return placed.order.id;
}

/** @param orderId the order's global id */
export async function refundOrder(
  app: TestApp,
  clerk: Pick<TestPerson, 'token'> | undefined,
  input: { orderId: string; amountMinor?: bigint; reason?: string; idempotencyKey?: string },
): Promise<Placed> {
  const { orderId, reason = 'The learner changed their mind.', idempotencyKey = aKey() } = input;
  const amountMinor = input.amountMinor === undefined ? null : String(input.amountMinor);
  const variables = { input: { orderId, amountMinor, reason, idempotencyKey } };
  return (await app.query<{ refundOrder: Placed }>(REFUND, variables, clerk ?? {})).refundOrder;
}

/** @param id the order's global id */
export async function seeOrder(app: TestApp, viewer: Pick<TestPerson, 'token'>, id: string): Promise<unknown> {
  return (await app.query<{ order: unknown }>(ORDER, { id }, viewer)).order;
}
