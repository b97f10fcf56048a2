import { describe, expect, it } from 'vitest';
import { globalId } from '../../../src/shared/global-id.ts';
import { aMember, aPartner } from '../../support/partners.ts';
import { aLearner } from '../../support/people.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

const ADD = /* GraphQL */ `
  mutation ($input: AddPartnerMemberInput!) {
    addPartnerMember(input: $input) {
      __typename
      ... on AddPartnerMemberSuccess { member { userId displayName role } }
      ... on UserError { code }
    }
  }`;
const REMOVE = /* GraphQL */ `
  mutation ($input: RemovePartnerMemberInput!) {
    removePartnerMember(input: $input) {
      __typename
      ... on RemovePartnerMemberSuccess { userId }
      ... on UserError { code }
    }
  }`;

function add(app: TestApp, token: string, member: { partnerId: string; email: string; role?: string }) {
  const input = { role: 'MANAGER', ...member, partnerId: globalId('Partner', member.partnerId) };
  return app.graphql(ADD, { input }, { token }).then((answer) => answer.data?.addPartnerMember);
}

function remove(app: TestApp, token: string, member: { partnerId: string; userId: string }) {
  const input = { partnerId: globalId('Partner', member.partnerId), userId: globalId('User', member.userId) };
  return app.graphql(REMOVE, { input }, { token }).then((answer) => answer.data?.removePartnerMember);
}

describe('the members of a partner', () => {
  it('are added by an owner by e-mail address, and have their rights with the next request', async () => {
    await using app = await startTestApp();
    const { id: partnerId } = await aPartner(app);
    const owner = await aMember(app, { partnerId });
    const lin = await aLearner(app, { email: 'lin@example.com', displayName: '林经理' });
    expect(await add(app, owner.token, { partnerId, email: 'LIN@example.com' })).toEqual({
      __typename: 'AddPartnerMemberSuccess',
      member: { userId: globalId('User', lin.id), displayName: '林经理', role: 'MANAGER' },
    });
    expect((await app.graphql('{ viewer { partners { role } } }', {}, lin)).data).toEqual({
      viewer: { partners: [{ role: 'MANAGER' }] },
    });
    expect(await add(app, owner.token, { partnerId, email: 'lin@example.com' })).toMatchObject({
      code: 'ALREADY_MEMBER',
    });
    expect(await add(app, owner.token, { partnerId, email: 'nobody@example.com' })).toMatchObject({
      code: 'UNKNOWN_PERSON',
    });
  });

  it('lose every right when an owner removes them', async () => {
    await using app = await startTestApp();
    const { id: partnerId } = await aPartner(app);
    const owner = await aMember(app, { partnerId });
    const manager = await aMember(app, { partnerId, role: 'MANAGER' });
    const removed = await remove(app, owner.token, { partnerId, userId: manager.id });
    expect(removed).toMatchObject({ userId: globalId('User', manager.id) });
    expect((await app.graphql('{ viewer { partners { role } } }', {}, manager)).data).toEqual({
      viewer: { partners: [] },
    });
  });

  it('are not changed by a manager, nor by the owner of another partner', async () => {
    await using app = await startTestApp();
    const { id: partnerId } = await aPartner(app);
    const owner = await aMember(app, { partnerId });
    const manager = await aMember(app, { partnerId, role: 'MANAGER' });
    const stranger = await aMember(app, { partnerId: (await aPartner(app)).id });
    for (const { token } of [manager, stranger]) {
      expect(await add(app, token, { partnerId, email: 'x@example.com' })).toMatchObject({ code: 'FORBIDDEN' });
      expect(await remove(app, token, { partnerId, userId: owner.id })).toMatchObject({ code: 'FORBIDDEN' });
    }
  });

  it('keep one owner at least, even when two remove each other at the same time', async () => {
    await using app = await startTestApp();
    const { id: partnerId } = await aPartner(app);
    const one = await aMember(app, { partnerId });
    const two = await aMember(app, { partnerId });
    const answers = await Promise.all([
      remove(app, one.token, { partnerId, userId: two.id }),
      remove(app, two.token, { partnerId, userId: one.id }),
    ]);
    const kinds = answers.map((answer) => (answer as { __typename: string }).__typename);
    expect(kinds.filter((kind) => kind === 'RemovePartnerMemberSuccess')).toHaveLength(1);
    const left = await app.graphql(
      'query ($id: ID!) { partner(id: $id) { members { role } } }',
      { id: globalId('Partner', partnerId) },
      kinds[0] === 'RemovePartnerMemberSuccess' ? one : two,
    );
    expect(left.data).toEqual({ partner: { members: [{ role: 'OWNER' }] } });
  });
});
