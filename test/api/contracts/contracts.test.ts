import { describe, expect, it } from 'vitest';
import { globalId } from '../../../src/shared/global-id.ts';
import { aContract } from '../../support/contracts.ts';
import { countQueries } from '../../support/count-queries.ts';
import { aMember, aPartner } from '../../support/partners.ts';
import { aFinanceClerk, aLearner } from '../../support/people.ts';
import { startTestApp } from '../../support/test-app.ts';

const LIST = /* GraphQL */ `
  query ($first: Int!, $after: String) {
    contracts(first: $first, after: $after) {
      edges { node { id name parties { partner { name } } versions { number terms { clause } acceptances { acceptedBy } } } }
      pageInfo { hasNextPage endCursor }
    }
  }`;
const ONE = 'query ($id: ID!) { contract(id: $id) { name } node(id: $id) { id } }';

interface Listed {
  readonly contracts: {
    readonly edges: readonly { readonly node: { readonly id: string; readonly name: string } }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
  };
}

describe('reading contracts', () => {
  it('shows a contract to any member of a party and to finance, and to nobody else', async () => {
    await using app = await startTestApp();
    const [owner, press, stranger] = [await aPartner(app), await aPartner(app), await aPartner(app)];
    const parties = [{ partnerId: owner.id }, { partnerId: press.id, role: 'LICENSOR' as const }];
    const { id } = await aContract(app, { name: '授权协议', parties });
    const readers = [
      await aMember(app, { partnerId: owner.id, role: 'VIEWER' }),
      await aMember(app, { partnerId: press.id, role: 'FINANCE' }),
      await aFinanceClerk(app),
    ];
    for (const reader of readers) {
      const { data } = await app.graphql(ONE, { id: globalId('Contract', id) }, reader);
      expect(data).toMatchObject({ contract: { name: '授权协议' }, node: { id: globalId('Contract', id) } });
    }
    const others = [await aMember(app, { partnerId: stranger.id }), await aLearner(app), {}];
    for (const other of others) {
      const { data } = await app.graphql(ONE, { id: globalId('Contract', id) }, other);
      expect(data).toEqual({ contract: null, node: null });
    }
  });

  it('lists the contracts of own partners page by page, newest first', async () => {
    await using app = await startTestApp();
    const [owner, stranger] = [await aPartner(app), await aPartner(app)];
    for (const name of ['first', 'second', 'third']) {
      await aContract(app, { name, parties: [{ partnerId: owner.id }] });
      await aContract(app, { name: 'not mine', parties: [{ partnerId: stranger.id }] });
      app.clock.advance(1_000);
    }
    const member = await aMember(app, { partnerId: owner.id });
    const page = await app.query<Listed>(LIST, { first: 2 }, member);
    expect(page.contracts.edges.map(({ node }) => node.name)).toEqual(['third', 'second']);
    const after = page.contracts.pageInfo.endCursor;
    const rest = await app.query<Listed>(LIST, { first: 2, after }, member);
    expect(rest.contracts.edges.map(({ node }) => node.name)).toEqual(['first']);
    expect(rest.contracts.pageInfo.hasNextPage).toBe(false);
  });

  it('sends as many statements for twenty contracts with all their parts as for one', async () => {
    await using app = await startTestApp();
    const owner = await aPartner(app);
    for (let n = 0; n < 20; n++) {
      await aContract(app, {
        parties: [{ partnerId: owner.id }, { partnerId: (await aPartner(app)).id }],
        versions: [{}, {}],
      });
    }
    const clerk = await aFinanceClerk(app);
    const one = await countQueries(app, () => app.query(LIST, { first: 1 }, clerk));
    const twenty = await countQueries(app, () => app.query(LIST, { first: 20 }, clerk));
    expect(twenty).toBe(one);
  });
});
