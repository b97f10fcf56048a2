import { describe, expect, it } from 'vitest';
import { globalId } from '../../../src/shared/global-id.ts';
import { aMember, aPartner } from '../../support/partners.ts';
import { anAdmin } from '../../support/people.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

const MOVE = /* GraphQL */ `
  mutation ($input: TransitionPartnerInput!) {
    transitionPartner(input: $input) {
      __typename
      ... on TransitionPartnerSuccess { partner { state steps { from to by reason } } }
      ... on UserError { code }
      ... on IllegalTransitionError { from to }
      ... on InvalidInputError { field }
    }
  }`;

function move(app: TestApp, token: string, step: { partnerId: string; to: string; reason?: string }) {
  const input = { reason: 'Checked by hand.', ...step, partnerId: globalId('Partner', step.partnerId) };
  return app.graphql(MOVE, { input }, { token }).then((answer) => answer.data?.transitionPartner);
}

describe('moving a partner along its lifecycle', () => {
  it('goes from application to activity step by step, each with who and why', async () => {
    await using app = await startTestApp();
    const { id: partnerId } = await aPartner(app, { state: 'APPLIED' });
    const admin = await anAdmin(app);
    await move(app, admin.token, { partnerId, to: 'SCREENING', reason: 'Papers are complete.' });
    app.clock.advance(1_000);
    await move(app, admin.token, { partnerId, to: 'APPROVED', reason: 'References are good.' });
    app.clock.advance(1_000);
    const by = `user:${admin.id}`;
    expect(await move(app, admin.token, { partnerId, to: 'ACTIVE', reason: 'Contract signed.' })).toMatchObject({
      partner: {
        state: 'ACTIVE',
        steps: [
          { from: 'APPLIED', to: 'SCREENING', by, reason: 'Papers are complete.' },
          { from: 'SCREENING', to: 'APPROVED', by, reason: 'References are good.' },
          { from: 'APPROVED', to: 'ACTIVE', by, reason: 'Contract signed.' },
        ],
      },
    });
  });

  it('refuses a step that the lifecycle does not have, and leaves no trace of it', async () => {
    await using app = await startTestApp();
    const { id: partnerId } = await aPartner(app, { state: 'TERMINATED' });
    const admin = await anAdmin(app);
    expect(await move(app, admin.token, { partnerId, to: 'ACTIVE' })).toEqual({
      __typename: 'IllegalTransitionError',
      code: 'ILLEGAL_TRANSITION',
      from: 'TERMINATED',
      to: 'ACTIVE',
    });
    const seen = await app.graphql(
      'query ($id: ID!) { partner(id: $id) { state steps { to } } }',
      { id: globalId('Partner', partnerId) },
      admin,
    );
    expect(seen.data).toEqual({ partner: { state: 'TERMINATED', steps: [] } });
  });

  it('is for admins, with a reason, and does not tell the owner whether another partner exists', async () => {
    await using app = await startTestApp();
    const { id: partnerId } = await aPartner(app, { state: 'APPLIED' });
    const owner = await aMember(app, { partnerId });
    const admin = await anAdmin(app);
    const absent = app.platform.ids.next();
    const step = { partnerId, to: 'SCREENING' };
    expect(await move(app, owner.token, step)).toMatchObject({ code: 'FORBIDDEN' });
    expect(await move(app, owner.token, { ...step, partnerId: absent })).toMatchObject({ code: 'FORBIDDEN' });
    expect(await move(app, admin.token, { ...step, partnerId: absent })).toMatchObject({ code: 'FORBIDDEN' });
    expect(await move(app, admin.token, { ...step, reason: '  ' })).toMatchObject({ field: 'reason' });
  });

  it('makes one step of several that are asked for at once', async () => {
    await using app = await startTestApp();
    const { id: partnerId } = await aPartner(app, { state: 'APPLIED' });
    const admin = await anAdmin(app);
    const asked = Array.from({ length: 8 }, () => move(app, admin.token, { partnerId, to: 'SCREENING' }));
    const kinds = (await Promise.all(asked)).map((answer) => (answer as { __typename: string }).__typename);
    expect(kinds.filter((kind) => kind === 'TransitionPartnerSuccess')).toHaveLength(1);
    expect(kinds.filter((kind) => kind === 'IllegalTransitionError')).toHaveLength(7);
  });
});
