import { describe, expect, it } from 'vitest';
import { globalId } from '../../../src/shared/global-id.ts';
import { aContent, type LicenceOptions } from '../../support/contents.ts';
import { select } from '../../support/imports.ts';
import { aMember } from '../../support/partners.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

const LICENSE = /* GraphQL */ `
  mutation ($input: AddLicenceInput!) {
    addLicence(input: $input) {
      __typename
      ... on AddLicenceSuccess { licence { id } }
      ... on UserError { code message }
      ... on LicenceOverlapError { otherLicence { id territory validUntil } }
    }
  }`;

const from = '2026-01-01T00:00:00.000Z';
const until = '2027-01-01T00:00:00.000Z';
const standing = { territory: ['CN', 'SG'], exclusive: true, validFrom: new Date(from), validUntil: new Date(until) };
const wanted = { territory: ['CN'], exclusive: true, validFrom: from, validUntil: until };

async function aLicensor(app: TestApp, licences: readonly LicenceOptions[] = [standing]) {
  const { id, partnerId } = await aContent(app, { licences });
  const owner = await aMember(app, { partnerId });
  const grant = async (licence: object): Promise<{ __typename: string; [field: string]: unknown }> => {
    const input = { contentId: globalId('Content', id), ...licence };
    const data = await app.query<{ addLicence: { __typename: string } }>(LICENSE, { input }, owner);
    return data.addLicence;
  };
  return { id, grant };
}

describe('an exclusive licence', () => {
  it.each([
    ['the same country at the same time', {}],
    ['the whole world', { territory: ['*'] }],
    ['one of several countries', { territory: ['JP', 'SG'] }],
    ['no end', { validUntil: null, validFrom: '2026-06-01T00:00:00Z' }],
    ['the last millisecond', { validFrom: '2026-12-31T23:59:59.999Z', validUntil: null }],
    ['an earlier start', { validFrom: '2025-01-01T00:00:00Z', validUntil: '2026-01-01T00:00:00.001Z' }],
  ])('is refused beside another one for %s, naming both', async (_, change) => {
    await using app = await startTestApp();
    const { grant } = await aLicensor(app);
    const answer = await grant({ ...wanted, ...change });
    expect(answer).toMatchObject({
      __typename: 'LicenceOverlapError',
      code: 'LICENCE_OVERLAP',
      otherLicence: { territory: ['CN', 'SG'], validUntil: until },
    });
    expect(answer.message).toMatch(/^An exclusive licence for .* would overlap the exclusive one for CN, SG from 2026/);
  });

  it.each([
    ['another country', { territory: ['JP'] }],
    ['the time after its end', { validFrom: until, validUntil: null }],
    ['the time before its start', { validFrom: '2025-01-01T00:00:00Z', validUntil: from }],
    ['everybody', { exclusive: false }],
  ])('stands beside one for %s', async (_, change) => {
    await using app = await startTestApp();
    const { grant } = await aLicensor(app);
    expect(await grant({ ...wanted, ...change })).toMatchObject({ __typename: 'AddLicenceSuccess' });
  });

  it('does not get in the way of licences of other contents, nor of open ones', async () => {
    await using app = await startTestApp();
    await aLicensor(app);
    const { grant } = await aLicensor(app, [{ exclusive: false }]);
    expect(await grant({ ...wanted, territory: ['*'] })).toMatchObject({ __typename: 'AddLicenceSuccess' });
  });

  it('is granted once of eight times at once', async () => {
    await using app = await startTestApp();
    const { id, grant } = await aLicensor(app, []);
    const answers = await Promise.all(Array.from({ length: 8 }, () => grant(wanted)));
    const names = answers.map(({ __typename }) => __typename).sort();
    expect(names).toEqual(['AddLicenceSuccess', ...Array.from({ length: 7 }, () => 'LicenceOverlapError')]);
    expect(await select(app, 'select id from licences where content_id = $1', [id])).toHaveLength(1);
  });

  it('is refused by the database itself, whoever writes it and however many at a time', async () => {
    await using app = await startTestApp();
    const { id } = await aLicensor(app);
    const insert = `insert into licences (id, content_id, territory, exclusive, valid_from, valid_until)`;
    const one = `(gen_random_uuid(), '${id}', '{SG}', true, '2026-05-01', null)`;
    await expect(select(app, `${insert} values ${one}`)).rejects.toThrow(/both exclusive and overlap/);
    const twice = `(gen_random_uuid(), '${id}', '{JP}', true, '2026-05-01', null)`;
    await expect(select(app, `${insert} values ${twice}, ${twice}`)).rejects.toThrow(/both exclusive and overlap/);
    const open = `insert into licences values (gen_random_uuid(), '${id}', '{SG}', false, '2026-05-01', null)`;
    await select(app, open);
    const closed = `update licences set exclusive = true where content_id = '${id}'`;
    await expect(select(app, closed)).rejects.toThrow(/both exclusive and overlap/);
  });
});
