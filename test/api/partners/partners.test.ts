import { describe, expect, it } from 'vitest';
import { globalId } from '../../../src/shared/global-id.ts';
import { countQueries } from '../../support/count-queries.ts';
import { aMember, aPartner } from '../../support/partners.ts';
import { aFinanceClerk, aLearner } from '../../support/people.ts';
import { startTestApp } from '../../support/test-app.ts';

const LIST = /* GraphQL */ `
  query ($first: Int!, $after: String, $filter: PartnerFilter! = {}) {
    partners(first: $first, after: $after, filter: $filter) {
      edges { node { name state domain { name } members { displayName } steps { to } } }
      pageInfo { hasNextPage endCursor }
    }
  }`;

interface Listed {
  readonly partners: {
    readonly edges: readonly { readonly node: { readonly name: string } }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

const namesOf = (listed: Listed) => listed.partners.edges.map((edge) => edge.node.name);

describe('the list of partners', () => {
  it('pages by name and shows each partner once', async () => {
    await using app = await startTestApp();
    for (const name of ['Delta', 'Alpha', 'Echo', 'Bravo', 'Charlie']) await aPartner(app, { name });
    const names: string[] = [];
    let after: string | null = null;
    do {
      const listed: Listed = await app.query<Listed>(LIST, { first: 2, after });
      names.push(...namesOf(listed));
      after = listed.partners.pageInfo.hasNextPage ? listed.partners.pageInfo.endCursor : null;
    } while (after);
    expect(names).toEqual(['Alpha', 'Bravo', 'Charlie', 'Delta', 'Echo']);
  });

  it('shows others than active partners to their members and to staff alone', async () => {
    await using app = await startTestApp();
    await aPartner(app, { name: 'Active' });
    const applied = await aPartner(app, { name: 'Applied', state: 'APPLIED' });
    await aPartner(app, { name: 'Suspended', state: 'SUSPENDED' });
    const member = await aMember(app, { partnerId: applied.id, role: 'VIEWER' });
    expect(namesOf(await app.query<Listed>(LIST, { first: 10 }))).toEqual(['Active']);
    expect(namesOf(await app.query<Listed>(LIST, { first: 10 }, member))).toEqual(['Active', 'Applied']);
    expect(namesOf(await app.query<Listed>(LIST, { first: 10 }, await aFinanceClerk(app)))).toHaveLength(3);
    const one = 'query ($id: ID!) { partner(id: $id) { name } }';
    const asked = { id: globalId('Partner', applied.id) };
    expect((await app.graphql(one, asked, await aLearner(app))).data).toEqual({ partner: null });
    expect((await app.graphql(one, asked, member)).data).toEqual({ partner: { name: 'Applied' } });
  });

  it('filters by domain, kind and state', async () => {
    await using app = await startTestApp();
    await aPartner(app, { name: 'School of code' });
    await aPartner(app, { name: 'House of books', kind: 'PUBLISHER' });
    await aPartner(app, { name: 'Gym', kind: 'GYM', domainCode: 'fitness' });
    const ask = (filter: object) => app.query<Listed>(LIST, { first: 10, filter }).then(namesOf);
    expect(await ask({ domain: 'fitness' })).toEqual(['Gym']);
    expect(await ask({ domain: 'technology', kind: 'PUBLISHER' })).toEqual(['House of books']);
    expect(await ask({ state: 'SUSPENDED' })).toEqual([]);
  });

  it('does not need more statements for more partners', async () => {
    await using app = await startTestApp();
    const { token } = await aMember(app, { partnerId: (await aPartner(app)).id });
    const ask = () => app.query(LIST, { first: 50 }, { token });
    const few = await countQueries(app, ask);
    for (let at = 0; at < 20; at++) await aPartner(app, { domainCode: `domain-${at}` });
    expect(await countQueries(app, ask)).toBe(few);
    // Session, partners, and one each for domains, members and steps.
    expect(few).toBe(5);
  });

  it('refuses a cursor that it did not give out, and a page that is too long', async () => {
    await using app = await startTestApp();
    const forged = Buffer.from('["name","not an id"]').toString('base64url');
    for (const page of [{ first: 2, after: forged }, { first: 101 }, { first: 0 }]) {
      const answer = await app.graphql(LIST, page);
      expect(answer.errors[0]?.message).toMatch(/cursor|whole number from 1 to 100/);
    }
  });
});
