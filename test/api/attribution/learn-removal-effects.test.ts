import { expect, it } from 'vitest';
import { aManagedCampaign, aPurchase, touchpoints } from '../../support/campaigns.ts';
import { aLearner, anAdmin } from '../../support/people.ts';
import { startTestApp } from '../../support/test-app.ts';

const LEARN = /* GraphQL */ `
  mutation ($order: Int) {
    learnRemovalEffects(order: $order) {
      __typename
      ... on LearningRequested { jobId }
      ... on UserError { code message }
    }
  }`;
const VERSIONS = /* GraphQL */ `
  query ($first: Int!, $after: String) {
    removalEffectVersions(first: $first, after: $after) {
      edges { node { number order convertedJourneys lostJourneys } }
      pageInfo { endCursor hasNextPage }
    }
  }`;

interface VersionPage {
  readonly edges: readonly unknown[];
  readonly pageInfo: { readonly endCursor: string };
}

it('lets an admin learn by an order, tells the versions newest first, and shares campaigns by the newest', async () => {
  await using app = await startTestApp();
  const admin = await anAdmin(app);
  const campaign = await aManagedCampaign(app);
  const { id: userId } = await aLearner(app);
  await touchpoints(app, [
    { campaign, userId, at: '2026-10-10T08:00:00Z', channel: 'SOCIAL' },
    { campaign, userId, at: '2026-10-11T08:00:00Z', channel: 'EMAIL' },
  ]);
  await aPurchase(app, { userId, valueMinor: 1_001n, at: '2026-10-12T08:00:00Z' });
  for (const order of [1, 2]) {
    const answer = await app.graphql(LEARN, { order }, { token: admin.token });
    expect(answer.data?.learnRemovalEffects).toMatchObject({ __typename: 'LearningRequested' });
    await app.drainJobs();
  }
  const versions = async (variables: { first: number; after?: string }) => {
    const data = await app.query<{ removalEffectVersions: VersionPage }>(VERSIONS, variables, admin);
    return data.removalEffectVersions;
  };
  const page = await versions({ first: 1 });
  expect(page).toMatchObject({
    edges: [{ node: { number: 2, order: 2, convertedJourneys: 1, lostJourneys: 0 } }],
    pageInfo: { hasNextPage: true },
  });
  expect(await versions({ first: 5, after: page.pageInfo.endCursor })).toMatchObject({
    edges: [{ node: { number: 1, order: 1 } }],
    pageInfo: { hasNextPage: false },
  });
  const read = `query ($id: ID!) { campaign(id: $id) { attribution(model: MARKOV) {
    run { number effectsVersion } total { conversions values { minor } } rows { channel conversions value { minor } } } } }`;
  const data = await app.query<{ campaign: unknown }>(read, { id: campaign.globalId }, campaign.manager);
  // Without either nobody would have bought: both are worth the same.
  expect(data.campaign).toMatchObject({
    attribution: {
      run: { number: 2, effectsVersion: 2 },
      total: { conversions: '1.000000', values: [{ minor: '1001' }] },
      rows: [
        { channel: 'SOCIAL', conversions: '0.500000', value: { minor: '501' } },
        { channel: 'EMAIL', conversions: '0.500000', value: { minor: '500' } },
      ],
    },
  });
});

it('refuses orders out of bounds, and everybody but admins', async () => {
  await using app = await startTestApp();
  const admin = await anAdmin(app);
  const { manager } = await aManagedCampaign(app);
  const ask = async (order: number | null, token?: string) =>
    (await app.graphql(LEARN, { order }, token === undefined ? {} : { token })).data?.learnRemovalEffects;
  for (const order of [0, 5, -1]) {
    expect(await ask(order, admin.token)).toMatchObject({ __typename: 'InvalidInputError' });
  }
  expect(await ask(null, manager.token)).toMatchObject({ __typename: 'ForbiddenError' });
  expect(await ask(null)).toMatchObject({ __typename: 'UnauthenticatedError' });
  const versions = (token: string) => app.graphql(VERSIONS, { first: 1 }, { token });
  expect((await versions(manager.token)).errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
});
