import { describe, expect, it } from 'vitest';
import { globalId } from '../../../src/shared/global-id.ts';
import { aContent } from '../../support/contents.ts';
import { countQueries } from '../../support/count-queries.ts';
import { aPaidOrder } from '../../support/orders.ts';
import { aMember } from '../../support/partners.ts';
import { aFinanceClerk, aLearner } from '../../support/people.ts';
import { startTestApp } from '../../support/test-app.ts';

const ORDERS = /* GraphQL */ `
  query ($first: Int!, $after: String) {
    viewer {
      orders(first: $first, after: $after) {
        edges {
          node {
            id
            total { amount }
            items { price { amount } content { title partner { name } } }
            payment { state }
            refunds { state }
          }
        }
        pageInfo { hasNextPage endCursor }
      }
    }
  }`;

interface Listed {
  readonly viewer: {
    readonly orders: {
      readonly edges: readonly { readonly node: { readonly id: string } }[];
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    };
  };
}

describe('looking up orders', () => {
  it('pages through the viewer’s own, newest first', async () => {
    await using app = await startTestApp();
    const learner = await aLearner(app);
    await aPaidOrder(app);
    const placed: string[] = [];
    for (let day = 1; day <= 5; day++) {
      const paidAt = new Date(Date.UTC(2026, 9, day));
      placed.unshift(globalId('Order', (await aPaidOrder(app, { userId: learner.id, paidAt })).id));
    }
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { viewer }: Listed = await app.query<Listed>(ORDERS, { first: 2, after }, learner);
      seen.push(...viewer.orders.edges.map((edge) => edge.node.id));
      after = viewer.orders.pageInfo.hasNextPage ? viewer.orders.pageInfo.endCursor : null;
    } while (after);
    expect(seen).toEqual(placed);
  });

  it('shows an order to its buyer and to staff; for everybody else there is none', async () => {
    await using app = await startTestApp();
    const buyer = await aLearner(app);
    const content = await aContent(app);
    const { id } = await aPaidOrder(app, { userId: buyer.id, contentIds: [content.id] });
    const ask = async (viewer?: { token: string }) =>
      (await app.graphql('query ($id: ID!) { order(id: $id) { state } node(id: $id) { id } }', orderId, viewer)).data;
    const orderId = { id: globalId('Order', id) };
    const shown = { order: { state: 'PAID' }, node: { id: orderId.id } };
    expect(await ask(buyer)).toEqual(shown);
    expect(await ask(await aFinanceClerk(app))).toEqual(shown);
    const hidden = { order: null, node: null };
    expect(await ask(await aLearner(app))).toEqual(hidden);
    expect(await ask(await aMember(app, { partnerId: content.partnerId }))).toEqual(hidden);
    expect(await ask()).toEqual(hidden);
  });

  it('does not need more statements for more orders', async () => {
    await using app = await startTestApp();
    const learner = await aLearner(app);
    const ask = () => app.query(ORDERS, { first: 50 }, learner);
    await aPaidOrder(app, { userId: learner.id });
    const few = await countQueries(app, ask);
    for (let at = 0; at < 15; at++) await aPaidOrder(app, { userId: learner.id });
    expect(await countQueries(app, ask)).toBe(few);
    // Session, orders, and one each for items, payments, refunds, contents and partners.
    expect(few).toBe(7);
  });
});
