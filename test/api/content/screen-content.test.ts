import { describe, expect, it } from 'vitest';
import { globalId } from '../../../src/shared/global-id.ts';
import { moveContent } from '../../support/content-operations.ts';
import { aContent } from '../../support/contents.ts';
import { aMember, aPartner } from '../../support/partners.ts';
import { aLearner, anAdmin } from '../../support/people.ts';
import { startTestApp } from '../../support/test-app.ts';

const STEPS = 'query ($id: ID!) { content(id: $id) { steps { from to by reasons } licences { territory } } }';

describe('screening a content', () => {
  it('is refused before it begins while rules are not met, each named', async () => {
    await using app = await startTestApp();
    const { id: contentId, partnerId } = await aContent(app, {
      state: 'DRAFT',
      title: '三个字',
      authors: [],
      keywords: [],
      licences: [],
    });
    const owner = await aMember(app, { partnerId });
    const answer = await moveContent(app, owner, { operation: 'submitContent', contentId });
    const rules = (answer.findings as { rule: string }[]).map((finding) => finding.rule);
    expect(rules).toEqual(['TITLE_LENGTH', 'AUTHOR_NAMED', 'KEYWORD_COUNT', 'LICENCE_HELD']);
    const seen = await app.query('query ($id: ID!) { content(id: $id) { state steps { to } } }', id(contentId), owner);
    expect(seen).toEqual({ content: { state: 'DRAFT', steps: [] } });
  });

  it('ends with a verdict and its reasons, which the supplier reads and others do not', async () => {
    await using app = await startTestApp();
    const { id: contentId, partnerId } = await aContent(app, { state: 'SUBMITTED' });
    const owner = await aMember(app, { partnerId });
    const admin = await anAdmin(app);
    const reasons = ['The samples are missing.', 'Say for whom it is.'];
    const screening = { operation: 'screenContent', contentId } as const;
    expect(await moveContent(app, admin, { ...screening, verdict: 'REJECTED' })).toMatchObject({ field: 'reasons' });
    const rejected = await moveContent(app, admin, { ...screening, verdict: 'REJECTED', reasons });
    expect(rejected).toMatchObject({ content: { state: 'REJECTED' } });
    expect(await app.query(STEPS, id(contentId), owner)).toEqual({
      content: {
        steps: [{ from: 'SUBMITTED', to: 'REJECTED', by: `user:${admin.id}`, reasons }],
        licences: [{ territory: ['*'] }],
      },
    });
    expect(await app.query(STEPS, id(contentId), await aLearner(app))).toEqual({ content: null });
  });

  it('is for admins: a supplier does not approve its own', async () => {
    await using app = await startTestApp();
    const { id: contentId, partnerId } = await aContent(app, { state: 'SUBMITTED' });
    const owner = await aMember(app, { partnerId });
    const screening = { operation: 'screenContent', contentId, verdict: 'APPROVED' } as const;
    expect(await moveContent(app, owner, screening)).toMatchObject({ code: 'FORBIDDEN' });
    expect(await moveContent(app, undefined, screening)).toMatchObject({ code: 'UNAUTHENTICATED' });
    const twice = [moveContent(app, await anAdmin(app), screening), moveContent(app, await anAdmin(app), screening)];
    const kinds = (await Promise.all(twice)).map((answer) => answer.__typename);
    expect(kinds.toSorted()).toEqual(['IllegalTransitionError', 'MoveContentSuccess']);
  });
});

describe('publishing and withdrawing', () => {
  it('takes what is approved, keeps the first day on the shelf, and can be undone', async () => {
    await using app = await startTestApp();
    const { id: contentId, partnerId } = await aContent(app, { state: 'APPROVED' });
    await app.platform.database.pool.query('update contents set published_at = null where id = $1', [contentId]);
    const owner = await aMember(app, { partnerId });
    const firstDay = app.clock.now().toISOString();
    const published = { content: { state: 'PUBLISHED', publishedAt: firstDay } };
    expect(await moveContent(app, owner, { operation: 'publishContent', contentId })).toMatchObject(published);
    app.clock.advance(86_400_000);
    expect(await moveContent(app, owner, { operation: 'withdrawContent', contentId })).toMatchObject({
      content: { state: 'WITHDRAWN' },
    });
    expect(await app.query('query ($id: ID!) { content(id: $id) { state } }', id(contentId))).toEqual({
      content: null,
    });
    expect(await moveContent(app, owner, { operation: 'publishContent', contentId })).toMatchObject(published);
  });

  it('is refused where nothing was approved, and for partners that are not active', async () => {
    await using app = await startTestApp();
    const draft = await aContent(app, { state: 'DRAFT' });
    const owner = await aMember(app, { partnerId: draft.partnerId });
    expect(await moveContent(app, owner, { operation: 'publishContent', contentId: draft.id })).toMatchObject({
      code: 'ILLEGAL_TRANSITION',
      from: 'DRAFT',
      to: 'PUBLISHED',
    });
    const suspended = await aPartner(app, { state: 'SUSPENDED' });
    const approved = await aContent(app, { partnerId: suspended.id, state: 'APPROVED' });
    const supplier = await aMember(app, { partnerId: suspended.id });
    expect(await moveContent(app, supplier, { operation: 'publishContent', contentId: approved.id })).toMatchObject({
      code: 'PARTNER_NOT_ACTIVE',
    });
  });

  it('is not for the suppliers of others', async () => {
    await using app = await startTestApp();
    const { id: contentId } = await aContent(app);
    const stranger = await aMember(app, { partnerId: (await aPartner(app)).id });
    for (const operation of ['withdrawContent', 'publishContent', 'submitContent'] as const) {
      expect(await moveContent(app, stranger, { operation, contentId })).toMatchObject({ code: 'FORBIDDEN' });
    }
  });
});

function id(contentId: string): { id: string } {
  return { id: globalId('Content', contentId) };
}
