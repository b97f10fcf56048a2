import { describe, expect, it } from 'vitest';
import { globalId } from '../../../src/shared/global-id.ts';
import { aManagedCampaign, moveCampaign, type TestCampaign } from '../../support/campaigns.ts';
import { aContract } from '../../support/contracts.ts';
import { aMember, aPartner } from '../../support/partners.ts';
import { aLearner, type TestPerson } from '../../support/people.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

const TASK = `
  __typename
  ... on ChangeCampaignTaskSuccess { task { id title state required isOverdue ownerName movedBy partner { name } } }
  ... on UserError { code }
  ... on InvalidInputError { field }`;
const ADD = `mutation ($input: AddCampaignTaskInput!) { result: addCampaignTask(input: $input) { ${TASK} } }`;
const CHANGE = `mutation ($input: ChangeCampaignTaskInput!) { result: changeCampaignTask(input: $input) { ${TASK} } }`;
const MOVE = `mutation ($input: MoveCampaignTaskInput!) { result: moveCampaignTask(input: $input) { ${TASK} } }`;
const LIST = /* GraphQL */ `
  query ($id: ID!, $first: Int! = 20, $after: String, $state: CampaignTaskState) {
    campaign(id: $id) {
      tasks(first: $first, after: $after, state: $state) {
        pageInfo { hasNextPage endCursor }
        edges { node { title state isOverdue } }
      }
    }
  }`;

interface TaskList {
  readonly campaign: {
    readonly tasks: {
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
      readonly edges: readonly { readonly node: { readonly title: string; readonly isOverdue: boolean } }[];
    };
  };
}

interface Crew {
  readonly campaign: TestCampaign & { readonly manager: TestPerson };
  readonly guest: { readonly id: string; readonly manager: TestPerson; readonly worker: TestPerson };
}

/** A planned campaign of two partners; of the guest there is also a viewer, who works. */
async function aCrew(app: TestApp): Promise<Crew> {
  const guest = await aPartner(app, { name: '江南书院' });
  const partners = [{ partnerId: guest.id, role: 'CONTENT' as const }];
  const campaign = await aManagedCampaign(app, { partners, state: 'DRAFT' });
  const manager = await aMember(app, { partnerId: guest.id, role: 'MANAGER' });
  const worker = await aMember(app, { partnerId: guest.id, role: 'VIEWER' });
  return { campaign, guest: { ...guest, manager, worker } };
}

async function run(app: TestApp, query: string, { person, input }: { person: Partial<TestPerson>; input: object }) {
  const session = person.token === undefined ? {} : { token: person.token };
  return (await app.graphql(query, { input }, session)).data?.result as Record<string, unknown>;
}

function taskOf({ campaign, guest }: Crew, more: object = {}) {
  return {
    campaignId: campaign.globalId,
    partnerId: globalId('Partner', guest.id),
    ownerId: globalId('User', guest.worker.id),
    title: ' 写三篇推文 ',
    dueAt: '2026-11-05T00:00:00Z',
    ...more,
  };
}

async function addTask(app: TestApp, crew: Crew, more: object = {}): Promise<string> {
  const { task } = await run(app, ADD, { person: crew.campaign.manager, input: taskOf(crew, more) });
  return (task as { id: string }).id;
}

describe('a task of a campaign', () => {
  it('belongs to a member of a partner, who says that it is done', async () => {
    await using app = await startTestApp();
    const crew = await aCrew(app);
    const { guest } = crew;
    const added = await run(app, ADD, { person: guest.manager, input: taskOf(crew) });
    expect(added).toMatchObject({
      task: {
        title: '写三篇推文',
        state: 'OPEN',
        required: false,
        isOverdue: false,
        ownerName: 'VIEWER of a partner',
        partner: { name: '江南书院' },
      },
    });
    const { id: taskId } = added.task as { id: string };
    const done = { person: guest.worker, input: { taskId, to: 'DONE' } };
    expect(await run(app, MOVE, done)).toMatchObject({ task: { state: 'DONE', movedBy: `user:${guest.worker.id}` } });
    expect(await run(app, MOVE, done)).toMatchObject({ code: 'ILLEGAL_TRANSITION' });
    const change = { taskId, title: '写四篇推文', ownerId: globalId('User', guest.manager.id) };
    expect(await run(app, CHANGE, { person: guest.worker, input: change })).toMatchObject({ code: 'FORBIDDEN' });
    expect(await run(app, CHANGE, { person: guest.manager, input: change })).toMatchObject({
      task: { title: '写四篇推文', state: 'DONE', ownerName: 'MANAGER of a partner' },
    });
    expect(await run(app, MOVE, { person: guest.worker, input: { taskId, to: 'OPEN' } })).toMatchObject({
      code: 'FORBIDDEN',
    });
  });

  it('is listed by when it is due, in pages, and by state, and shows when it is late', async () => {
    await using app = await startTestApp();
    const crew = await aCrew(app);
    const days = ['2026-11-03', '2026-10-31', '2026-11-02', '2026-11-02'];
    for (const day of days) await addTask(app, crew, { title: day, dueAt: `${day}T00:00:00Z` });
    const seen: string[] = [];
    let after: string | null = null;
    for (let page = 0; page < 2; page += 1) {
      const variables: Record<string, unknown> = { id: crew.campaign.globalId, first: 2, after };
      const { campaign }: TaskList = await app.query<TaskList>(LIST, variables, crew.guest.worker);
      expect(campaign.tasks.pageInfo.hasNextPage).toBe(page === 0);
      seen.push(...campaign.tasks.edges.map(({ node }) => `${node.title} ${node.isOverdue}`));
      after = campaign.tasks.pageInfo.endCursor;
    }
    expect(seen).toEqual(['2026-10-31 true', '2026-11-02 false', '2026-11-02 false', '2026-11-03 false']);
    const taskId = await addTask(app, crew, { title: 'old', dueAt: '2026-10-01T00:00:00Z' });
    await run(app, MOVE, { person: crew.guest.worker, input: { taskId, to: 'DONE' } });
    const done = await app.query<TaskList>(LIST, { id: crew.campaign.globalId, state: 'DONE' }, crew.guest.worker);
    expect(done.campaign.tasks.edges).toEqual([{ node: { title: 'old', state: 'DONE', isOverdue: false } }]);
  });

  it('keeps the campaign from going live while it is required and open, which the lead alone may lift', async () => {
    await using app = await startTestApp();
    const crew = await aCrew(app);
    const lead = await aPartner(app);
    const campaign = await aManagedCampaign(app, { leadPartnerId: lead.id, state: 'DRAFT' });
    await aContract(app, { parties: [{ partnerId: lead.id }] });
    const ownerId = globalId('User', campaign.manager.id);
    const task = { campaignId: campaign.globalId, partnerId: globalId('Partner', lead.id), ownerId, required: true };
    const ids: string[] = [];
    for (const title of ['素材', '短信']) {
      const { task: added } = await run(app, ADD, {
        person: campaign.manager,
        input: taskOf(crew, { ...task, title }),
      });
      ids.push((added as { id: string }).id);
    }
    const move = (to: 'PLANNED' | 'LIVE') => moveCampaign(app, campaign.manager, { campaignId: campaign.globalId, to });
    await move('PLANNED');
    const blocker = (at: number, title: string) => ({
      kind: 'TASK_OPEN',
      subjectId: ids[at],
      message: `The required task "${title}" is open.`,
    });
    const both = await move('LIVE');
    expect(both.blockers).toEqual(expect.arrayContaining([blocker(0, '素材'), blocker(1, '短信')]));
    expect(both.blockers).toHaveLength(2);
    await run(app, MOVE, { person: campaign.manager, input: { taskId: ids[0], to: 'DONE' } });
    expect(await move('LIVE')).toMatchObject({ blockers: [blocker(1, '短信')] });
    await run(app, MOVE, { person: campaign.manager, input: { taskId: ids[1], to: 'DROPPED' } });
    expect(await move('LIVE')).toMatchObject({ campaign: { state: 'LIVE' } });

    const taskId = await addTask(app, crew, { required: true });
    for (const [query, input] of [
      [MOVE, { taskId, to: 'DROPPED' }],
      [CHANGE, { taskId, required: false }],
    ] as const) {
      expect(await run(app, query, { person: crew.guest.manager, input })).toMatchObject({ code: 'FORBIDDEN' });
      expect(await run(app, query, { person: crew.campaign.manager, input })).toHaveProperty('task');
    }
  });

  it('is refused for strangers, in the same words whether there is one or not', async () => {
    await using app = await startTestApp();
    const crew = await aCrew(app);
    const taskId = await addTask(app, crew);
    const stranger = await aMember(app, { partnerId: (await aPartner(app)).id, role: 'OWNER' });
    const absent = globalId('CampaignTask', '00000000-0000-7000-8000-000000000000');
    for (const person of [stranger, await aLearner(app)]) {
      expect(await run(app, ADD, { person, input: taskOf(crew) })).toMatchObject({ code: 'FORBIDDEN' });
      for (const id of [taskId, absent]) {
        expect(await run(app, MOVE, { person, input: { taskId: id, to: 'DONE' } })).toMatchObject({
          code: 'FORBIDDEN',
        });
      }
    }
    expect(await run(app, ADD, { person: {}, input: taskOf(crew) })).toMatchObject({ code: 'UNAUTHENTICATED' });
    const owner = { ownerId: globalId('User', stranger.id) };
    const wrong = { person: crew.campaign.manager, input: taskOf(crew, owner) };
    expect(await run(app, ADD, wrong)).toMatchObject({ code: 'INVALID_INPUT', field: 'ownerId' });
  });
});
