import { describe, expect, it } from 'vitest';
import { globalId } from '../../../src/shared/global-id.ts';
import { aContent } from '../../support/contents.ts';
import { fan, feedOf, like, someContents } from '../../support/feed.ts';
import { recordInteractions } from '../../support/interactions.ts';
import { aPartner } from '../../support/partners.ts';
import { aLearner, type TestPerson } from '../../support/people.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

function setConsent(app: TestApp, person: TestPerson, purpose: string, granted: boolean): Promise<unknown> {
  const mutation =
    'mutation ($purpose: ConsentPurpose!, $granted: Boolean!) { setConsent(purpose: $purpose, granted: $granted) { __typename } }';
  return app.query(mutation, { purpose, granted }, person);
}

function onPartner(app: TestApp, person: TestPerson, verb: 'blockPartner' | 'unblockPartner', id: string) {
  const mutation = `mutation ($id: ID!) { ${verb}(partnerId: $id) { __typename } }`;
  return app.query(mutation, { id: globalId('Partner', id) }, person);
}

async function reasonKinds(app: TestApp, person: TestPerson): Promise<(string | undefined)[]> {
  return (await feedOf(app, person)).items.map(({ reasons }) => reasons[0]?.kind);
}

describe('the next feed', () => {
  it('shows nothing of a partner from the moment it is blocked until it is unblocked', async () => {
    await using app = await startTestApp();
    const { id: partnerId } = await aPartner(app);
    const unwanted = await someContents(app, 2, { partnerId });
    const wanted = await someContents(app, 2);
    const [learner, other] = [await aLearner(app), await aLearner(app)];
    const all = [...unwanted, ...wanted].toSorted();
    expect((await feedOf(app, learner)).ids.toSorted()).toEqual(all);
    await onPartner(app, learner, 'blockPartner', partnerId);
    expect((await feedOf(app, learner)).ids.toSorted()).toEqual(wanted.toSorted());
    expect((await feedOf(app, other)).ids.toSorted()).toEqual(all);
    await onPartner(app, learner, 'unblockPartner', partnerId);
    expect((await feedOf(app, learner)).ids.toSorted()).toEqual(all);
  });

  it('shows what asks for an age to those who said that they have it', async () => {
    await using app = await startTestApp({ now: new Date('2026-11-01T08:00:00Z') });
    const open = (await aContent(app)).id;
    const adult = (await aContent(app, { minAge: 18 })).id;
    const learner = await aLearner(app);
    const tell = (birthYear: number | null) =>
      app.query(
        'mutation ($birthYear: Int) { updateProfile(input: { birthYear: $birthYear }) { __typename } }',
        { birthYear },
        learner,
      );
    expect((await feedOf(app, learner)).ids).toEqual([open]);
    await tell(2008);
    expect((await feedOf(app, learner)).ids).toEqual([open]);
    await tell(2007);
    expect((await feedOf(app, learner)).ids.toSorted()).toEqual([open, adult].toSorted());
    await tell(null);
    expect((await feedOf(app, learner)).ids).toEqual([open]);
  });

  it('takes nothing from what a learner did who objects to that, and leaves out what they dismissed all the same', async () => {
    await using app = await startTestApp();
    const [a = '', b = '', c = '', d = ''] = await someContents(app, 4);
    for (let n = 0; n < 3; n++) await fan(app, a, b);
    await fan(app, c, d);
    await app.services.similarity.recompute();
    const learner = await aLearner(app);
    await like(app, learner, a);
    await recordInteractions(app, learner, [{ contentId: d, kind: 'DISMISS' }]);
    expect(await reasonKinds(app, learner)).toContain('BECAUSE_YOU_INTERACTED');
    await setConsent(app, learner, 'PERSONALISATION', false);
    const kinds = await reasonKinds(app, learner);
    expect(kinds).toHaveLength(3);
    for (const kind of ['BECAUSE_YOU_INTERACTED', 'SEEN_BEFORE']) expect(kinds).not.toContain(kind);
    expect((await feedOf(app, learner)).ids).not.toContain(d);
    await setConsent(app, learner, 'PERSONALISATION', true);
    expect(await reasonKinds(app, learner)).toContain('BECAUSE_YOU_INTERACTED');
  });
});
