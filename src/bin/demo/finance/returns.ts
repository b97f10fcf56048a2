import { present } from '../../../shared/invariant.ts';
import { Money } from '../../../shared/money.ts';
import { monthOf } from '../../../shared/month.ts';
import { print } from '../../output.ts';
import type { StoryTeller } from '../story-teller.ts';
import { findContract, suppliersOf } from './split.ts';

const HOUR_MS = 3_600_000;
const REFUND_MINOR = 5_000n;

const SALES = /* GraphQL */ `
  query Sales($partnerId: ID!, $period: String!) {
    statement(partnerId: $partnerId, period: $period) {
      lines(first: 100, kinds: [SALE], order: NEWEST_FIRST) {
        edges { node { trace { order { orderId total { minor } price { minor } } } } }
      }
    }
  }`;

const REFUND = /* GraphQL */ `
  mutation Refund($input: RefundOrderInput!) {
    refundOrder(input: $input) {
      ... on RefundOrderSuccess { order { total { amount } refunds { state amount { amount } } } }
      ... on UserError { message }
    }
  }`;

const DISPUTE = /* GraphQL */ `
  mutation Dispute($input: TellSandboxDisputeInput!) {
    tellSandboxDispute(input: $input) {
      ... on TellSandboxDisputeSuccess { order { chargebacks { state amount { amount } fee { amount } } } }
      ... on UserError { message }
    }
  }`;

const ORDER = /* GraphQL */ `
  query Returned($id: ID!) {
    order(id: $id) { state total { amount } returned { amount } refundable { amount } }
  }`;

const TAKEN_BACK = /* GraphQL */ `
  query TakenBack($partnerId: ID!, $period: String!, $kind: StatementLineKind!) {
    statement(partnerId: $partnerId, period: $period) {
      lines(first: 1, kinds: [$kind], order: NEWEST_FIRST) {
        edges {
          node {
            amount { amount }
            trace { allocation { amount { amount } shares { amount { amount } party partner { name } } } }
          }
        }
      }
    }
  }`;

const BORNE = /* GraphQL */ `
  query Borne { ledgerAccount(code: "platform:chargebacks", currency: "CNY") { balance { amount } } }`;

interface Sales {
  readonly statement: { readonly lines: { readonly edges: readonly { readonly node: SaleLine }[] } } | null;
}

interface SaleLine {
  readonly trace: { readonly order: SoldOrder | null };
}

interface SoldOrder {
  readonly orderId: string;
  readonly total: { readonly minor: string };
  readonly price: { readonly minor: string };
}

/** Money that goes back in two ways for one order, and what that takes from whom. */
export async function returnMoney(teller: StoryTeller, timeZone: string): Promise<void> {
  const { clock } = teller.product;
  const [partnerId = ''] = suppliersOf(
    await findContract(teller, ({ beneficiary }) => beneficiary === 'CAMPAIGN_POOL'),
  );
  const of = { partnerId, period: monthOf(clock.now(), timeZone) };
  const orderId = await findOrder(teller, of);
  print(`A buyer gets ${Money.ofMinor(REFUND_MINOR, 'CNY').toDecimal()} back. What does that take from whom?`);
  await teller.show(REFUND, {
    input: {
      orderId,
      amountMinor: REFUND_MINOR.toString(),
      reason: 'A third of the lessons was late.',
      idempotencyKey: 'demo-refund',
    },
  });
  await teller.waitForJobs();
  await teller.show(TAKEN_BACK, { ...of, kind: 'REFUND' });
  clock.advance(HOUR_MS);
  print('And then the bank takes back the whole payment. Nobody gives the same money back twice.');
  await teller.show(DISPUTE, {
    input: { orderId, event: 'OPENED', reason: 'The holder of the card knows nothing of it.' },
  });
  await teller.waitForJobs();
  await teller.show(TAKEN_BACK, { ...of, kind: 'CHARGEBACK' });
  await teller.show(ORDER, { id: orderId });
  print("What the bank took beyond the sale, and its fee, are the platform's.");
  await teller.show(BORNE);
}

/** The latest order of one content of the partner's that costs more than is refunded. */
async function findOrder(teller: StoryTeller, of: { partnerId: string; period: string }): Promise<string> {
  const { statement } = await teller.ask<Sales>(SALES, of);
  const orders = (statement?.lines.edges ?? []).flatMap(({ node: { trace } }) => trace.order ?? []);
  const isMeant = ({ total, price }: SoldOrder) => total.minor === price.minor && BigInt(total.minor) > REFUND_MINOR;
  return present(orders.find(isMeant), 'an order of this month').orderId;
}
