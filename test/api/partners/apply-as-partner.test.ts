import { describe, expect, it } from 'vitest';
import { aDomain } from '../../support/partners.ts';
import { aLearner, anAdmin } from '../../support/people.ts';
import { startTestApp } from '../../support/test-app.ts';

const APPLY = /* GraphQL */ `
  mutation ($input: ApplyAsPartnerInput!) {
    applyAsPartner(input: $input) {
      __typename
      ... on ApplyAsPartnerSuccess {
        partner { id name state domain { code } members { displayName role } steps { from to by reason } }
      }
      ... on UserError { code message }
      ... on InvalidInputError { field }
    }
  }`;
const MINE = '{ viewer { partners { role partner { id name } } } }';

const input = {
  name: '江南书院',
  kind: 'SCHOOL',
  domain: 'technology',
  country: 'CN',
  description: '一所办了三十年的学校。',
  audienceSize: 12_000,
};

interface Applied {
  readonly applyAsPartner: { readonly partner: { readonly id: string } };
}

describe('applying as a partner', () => {
  it('makes the person the owner of a partner in state APPLIED', async () => {
    await using app = await startTestApp();
    await aDomain(app);
    const { token, id } = await aLearner(app, { displayName: '陈院长' });
    const answer = await app.graphql(APPLY, { input }, { token });
    expect(answer.data).toMatchObject({
      applyAsPartner: {
        __typename: 'ApplyAsPartnerSuccess',
        partner: {
          name: '江南书院',
          state: 'APPLIED',
          domain: { code: 'technology' },
          members: [],
          steps: [],
        },
      },
    });
    // The rights of a membership begin with the next request.
    const partnerId = (answer.data as unknown as Applied).applyAsPartner.partner.id;
    expect((await app.graphql(MINE, {}, { token })).data).toEqual({
      viewer: { partners: [{ role: 'OWNER', partner: { id: partnerId, name: '江南书院' } }] },
    });
    const seen = await app.graphql(
      'query ($id: ID!) { partner(id: $id) { members { displayName role } steps { from to by reason } } }',
      { id: partnerId },
      { token },
    );
    expect(seen.data).toEqual({
      partner: {
        members: [{ displayName: '陈院长', role: 'OWNER' }],
        steps: [{ from: null, to: 'APPLIED', by: `user:${id}`, reason: 'Applied.' }],
      },
    });
  });

  it('needs a session', async () => {
    await using app = await startTestApp();
    expect((await app.graphql(APPLY, { input })).data).toMatchObject({ applyAsPartner: { code: 'UNAUTHENTICATED' } });
  });

  it('names the value that is wrong', async () => {
    await using app = await startTestApp();
    await aDomain(app);
    const { token } = await anAdmin(app);
    const wrong = { name: ' ', domain: 'alchemy', country: 'China', description: '', audienceSize: -1 };
    for (const [field, value] of Object.entries(wrong)) {
      const answer = await app.graphql(APPLY, { input: { ...input, [field]: value } }, { token });
      expect(answer.data).toMatchObject({ applyAsPartner: { __typename: 'InvalidInputError', field } });
    }
  });
});
