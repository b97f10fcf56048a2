import { expect, it } from 'vitest';
import { globalId } from '../../src/shared/global-id.ts';
import { aContent } from '../support/contents.ts';
import { aPartner } from '../support/partners.ts';
import { aPerson } from '../support/people.ts';
import { startTestApp } from '../support/test-app.ts';

const ADD_LICENCE = /* GraphQL */ `
  mutation ($input: AddLicenceInput!) { addLicence(input: $input) { __typename } }`;
const RECORD_COST = /* GraphQL */ `
  mutation ($input: RecordCampaignCostInput!) {
    recordCampaignCost(input: $input) { __typename ... on InvalidInputError { field } }
  }`;

it.each(['0000-01-01T00:00:00Z', '0001-01-01T00:00:00+23:59', '9999-12-31T23:59:59-23:59'])(
  'takes no instant outside the years of four digits: %s',
  async (validFrom) => {
    await using app = await startTestApp();
    const partner = await aPartner(app);
    const content = await aContent(app, { partnerId: partner.id });
    const { token } = await aPerson(app, { roles: ['ADMIN'] });
    const input = { contentId: globalId('Content', content.id), validFrom };
    const { errors } = await app.graphql(ADD_LICENCE, { input }, { token });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  },
);

it('takes no day of the year 0', async () => {
  await using app = await startTestApp();
  const { token } = await aPerson(app, { roles: ['ADMIN'] });
  const ids = {
    campaignId: globalId('Campaign', app.platform.ids.next()),
    partnerId: globalId('Partner', app.platform.ids.next()),
  };
  const input = { ...ids, channel: 'EMAIL', day: '0000-01-01', costMinor: '1' };
  const { recordCampaignCost } = await app.query<{ recordCampaignCost: object }>(RECORD_COST, { input }, { token });
  expect(recordCampaignCost).toEqual({ __typename: 'InvalidInputError', field: 'day' });
});
