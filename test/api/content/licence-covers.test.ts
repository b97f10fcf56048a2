import { describe, expect, it } from 'vitest';
import { type ContentTables, licenceCovers } from '../../../src/content/index.ts';
import { aContent, type LicenceOptions } from '../../support/contents.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

const from = new Date('2026-03-01T00:00:00Z');
const until = new Date('2026-09-01T00:00:00Z');
const inside = new Date('2026-06-01T00:00:00Z');

async function covered(app: TestApp, licences: LicenceOptions[], ask: { at: Date; country: string | null }) {
  const { id } = await aContent(app, { licences });
  const row = await app.platform.database
    .read<ContentTables>()
    .selectFrom('contents')
    .select(licenceCovers(ask.at, ask.country).as('covered'))
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return row.covered;
}

describe('a licence covers a content', () => {
  it('from its first instant, and no longer at its last', async () => {
    await using app = await startTestApp();
    const licences = [{ validFrom: from, validUntil: until }];
    const instants = [new Date(from.getTime() - 1), from, new Date(until.getTime() - 1), until];
    const answers: boolean[] = [];
    for (const at of instants) answers.push(await covered(app, licences, { at, country: 'CN' }));
    expect(answers).toEqual([false, true, true, false]);
  });

  it('in the countries of its territory; where the country is not known, only a worldwide one does', async () => {
    await using app = await startTestApp();
    const asia = [{ territory: ['CN', 'JP'] }];
    expect(await covered(app, asia, { at: inside, country: 'JP' })).toBe(true);
    expect(await covered(app, asia, { at: inside, country: 'DE' })).toBe(false);
    expect(await covered(app, asia, { at: inside, country: null })).toBe(false);
    expect(await covered(app, [{}], { at: inside, country: null })).toBe(true);
  });

  it('when one of several does, and not when time and country are covered by different ones', async () => {
    await using app = await startTestApp();
    const expiredHere = { territory: ['CN'], validFrom: from, validUntil: until };
    const later = new Date('2026-10-01T00:00:00Z');
    expect(await covered(app, [expiredHere, { territory: ['DE'] }], { at: later, country: 'CN' })).toBe(false);
    expect(await covered(app, [expiredHere, { territory: ['CN'] }], { at: later, country: 'CN' })).toBe(true);
    expect(await covered(app, [], { at: later, country: 'CN' })).toBe(false);
  });
});
