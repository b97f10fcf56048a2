import { describe, expect, it } from 'vitest';
import type { Interaction } from '../../../src/interactions/index.ts';
import { globalId } from '../../../src/shared/global-id.ts';
import { aContent } from '../../support/contents.ts';
import { recordInteractions } from '../../support/interactions.ts';
import { aLearner } from '../../support/people.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

async function stored(app: TestApp): Promise<Pick<Interaction, 'kind' | 'value'>[]> {
  const { em } = app.platform.database.orm;
  return em
    .fork()
    .execute('select user_id, content_id, kind, value, occurred_at from interactions order by occurred_at');
}

describe('telling what one did', () => {
  it('stores every kind that comes from outside, for the person who asks', async () => {
    await using app = await startTestApp();
    const content = await aContent(app);
    const learner = await aLearner(app);
    const answer = await recordInteractions(app, learner, [
      { contentId: content.id, kind: 'VIEW', occurredAt: new Date('2026-10-31T08:00:00.123Z') },
      { contentId: content.id, kind: 'PROGRESS', value: 0.25, occurredAt: new Date('2026-10-31T08:01:00Z') },
      { contentId: content.id, kind: 'RATE', value: 5, occurredAt: new Date('2026-10-31T08:02:00Z') },
      { contentId: content.id, kind: 'LIKE', occurredAt: new Date('2026-10-31T08:03:00Z') },
      { contentId: content.id, kind: 'SHARE', occurredAt: new Date('2026-10-31T08:04:00Z') },
      { contentId: content.id, kind: 'DISMISS', occurredAt: new Date('2026-10-31T08:05:00Z') },
    ]);
    expect(answer).toMatchObject({ accepted: 6, duplicates: 0, refused: [] });
    const rows = await stored(app);
    expect(rows.map(({ kind, value }) => [kind, value])).toEqual([
      ['VIEW', null],
      ['PROGRESS', 0.25],
      ['RATE', 5],
      ['LIKE', null],
      ['SHARE', null],
      ['DISMISS', null],
    ]);
    expect(rows[0]).toMatchObject({
      user_id: learner.id,
      content_id: content.id,
      occurred_at: new Date('2026-10-31T08:00:00.123Z'),
    });
  });

  it('counts an event once however often it comes, and two people with the same event id apart', async () => {
    await using app = await startTestApp();
    const content = await aContent(app);
    const [one, other] = [await aLearner(app), await aLearner(app)];
    const event = { eventId: 'e-1', contentId: content.id, kind: 'VIEW' as const };
    expect(await recordInteractions(app, one, [event, event])).toMatchObject({ accepted: 1, duplicates: 1 });
    const again = { ...event, kind: 'LIKE' as const };
    expect(await recordInteractions(app, one, [again])).toMatchObject({ accepted: 0, duplicates: 1 });
    expect(await recordInteractions(app, other, [event])).toMatchObject({ accepted: 1, duplicates: 0 });
    expect((await stored(app)).map((row) => row.kind)).toEqual(['VIEW', 'VIEW']);
  });

  it('stores each event once when the same batch comes five times at the same moment', async () => {
    await using app = await startTestApp();
    const content = await aContent(app);
    const learner = await aLearner(app);
    const batch = Array.from({ length: 50 }, (_, at) => ({
      eventId: `e-${at}`,
      contentId: content.id,
      kind: 'VIEW' as const,
    }));
    const answers = await Promise.all(Array.from({ length: 5 }, () => recordInteractions(app, learner, batch)));
    expect(answers.reduce((sum, answer) => sum + Number(answer.accepted), 0)).toBe(50);
    expect(await stored(app)).toHaveLength(50);
  });

  it('refuses bad events one by one by place and reason, and takes the good ones', async () => {
    await using app = await startTestApp();
    const content = await aContent(app);
    const draft = await aContent(app, { state: 'DRAFT', publishedAt: null });
    const learner = await aLearner(app);
    const { id: contentId } = content;
    const inSixMinutes = new Date(app.clock.now().getTime() + 6 * 60_000);
    const inFourMinutes = new Date(app.clock.now().getTime() + 4 * 60_000);
    const answer = await recordInteractions(app, learner, [
      { contentId, kind: 'VIEW' },
      { contentId, kind: 'PURCHASE' },
      { contentId, kind: 'RATE', value: 5.5 },
      { contentId, kind: 'RATE', value: 0 },
      { contentId, kind: 'PROGRESS', value: 1.01 },
      { contentId, kind: 'PROGRESS' },
      { contentId, kind: 'LIKE', value: 1 },
      { contentId, kind: 'VIEW', occurredAt: inSixMinutes },
      { contentId, kind: 'VIEW', occurredAt: new Date('1999-12-31T23:59:59Z') },
      { contentId: app.platform.ids.next(), kind: 'VIEW' },
      { contentId: draft.id, kind: 'VIEW' },
      { globalContentId: globalId('Partner', content.partnerId), contentId, kind: 'VIEW' },
      { eventId: '', contentId, kind: 'VIEW' },
      { eventId: 'x'.repeat(129), contentId, kind: 'VIEW' },
      { contentId, kind: 'VIEW', occurredAt: inFourMinutes },
    ]);
    expect(answer).toMatchObject({ accepted: 2, duplicates: 0 });
    expect(answer.refused?.map(({ index, reason }) => [index, reason])).toEqual([
      [1, 'KIND_NOT_ACCEPTED'],
      [2, 'VALUE_OUT_OF_BOUNDS'],
      [3, 'VALUE_OUT_OF_BOUNDS'],
      [4, 'VALUE_OUT_OF_BOUNDS'],
      [5, 'VALUE_MISSING'],
      [6, 'VALUE_NOT_EXPECTED'],
      [7, 'TIME_OUT_OF_BOUNDS'],
      [8, 'TIME_OUT_OF_BOUNDS'],
      [9, 'UNKNOWN_CONTENT'],
      [10, 'UNKNOWN_CONTENT'],
      [11, 'UNKNOWN_CONTENT'],
      [12, 'EVENT_ID_INVALID'],
      [13, 'EVENT_ID_INVALID'],
    ]);
    expect(await stored(app)).toHaveLength(2);
  });

  it('takes a thousand events and no more', async () => {
    await using app = await startTestApp();
    const content = await aContent(app);
    const learner = await aLearner(app);
    const events = Array.from({ length: 1_001 }, () => ({ contentId: content.id, kind: 'VIEW' as const }));
    expect(await recordInteractions(app, learner, events)).toMatchObject({ code: 'INVALID_INPUT', field: 'events' });
    expect(await recordInteractions(app, learner, [])).toMatchObject({ code: 'INVALID_INPUT', field: 'events' });
    expect(await recordInteractions(app, learner, events.slice(1))).toMatchObject({ accepted: 1_000 });
  });

  it('asks for a session', async () => {
    await using app = await startTestApp();
    const content = await aContent(app);
    const answer = await recordInteractions(app, null, [{ contentId: content.id, kind: 'VIEW' }]);
    expect(answer).toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(await stored(app)).toEqual([]);
  });
});
