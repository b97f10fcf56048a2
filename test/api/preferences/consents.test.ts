import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { CONSENT_PURPOSES, type ConsentPurpose, findConsents, hasConsent } from '../../../src/preferences/index.ts';
import { countQueries } from '../../support/count-queries.ts';
import { whileHeld } from '../../support/locks.ts';
import { aLearner, type TestPerson } from '../../support/people.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

const SET = /* GraphQL */ `
  mutation ($purpose: ConsentPurpose!, $granted: Boolean!) {
    setConsent(purpose: $purpose, granted: $granted) {
      __typename
      ... on SetConsentSuccess { consent { purpose granted since } }
      ... on UserError { code }
    }
  }`;
const SEE = '{ viewer { consents { purpose description descriptionZh granted since } } }';
const HISTORY = /* GraphQL */ `
  query ($first: Int, $after: String) {
    viewer { consentHistory(first: $first, after: $after) {
      edges { node { purpose granted at } } pageInfo { hasNextPage endCursor }
    } }
  }`;

interface Seen {
  readonly viewer: { readonly consents: readonly { purpose: string; granted: boolean; since: string | null }[] };
}

interface History {
  readonly viewer: {
    readonly consentHistory: {
      readonly edges: readonly { readonly node: { purpose: string; granted: boolean; at: string } }[];
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    };
  };
}

async function choose(app: TestApp, person: TestPerson | undefined, purpose: ConsentPurpose, granted: boolean) {
  return (await app.query<{ setConsent: unknown }>(SET, { purpose, granted }, person ?? {})).setConsent;
}

async function historyOf(app: TestApp, person: TestPerson, page: object = {}) {
  return (await app.query<History>(HISTORY, { first: 100, ...page }, person)).viewer.consentHistory;
}

/** As a statement of another domain asks: for every person at once. */
async function consentingIds(app: TestApp, purpose: ConsentPurpose): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select users.id from users where ${hasConsent(purpose, sql.ref('users.id'))} order by users.created_at, users.id
  `.execute(app.platform.database.read());
  return rows.map(({ id }) => id);
}

describe('consents', () => {
  it('stand as the defaults say until the person chooses, and say what they are about', async () => {
    await using app = await startTestApp();
    const learner = await aLearner(app);
    const { viewer } = await app.query<Seen>(SEE, {}, learner);
    expect(viewer.consents.map(({ purpose, granted, since }) => ({ purpose, granted, since }))).toEqual([
      { purpose: 'PERSONALISATION', granted: true, since: null },
      { purpose: 'PROFILE', granted: true, since: null },
    ]);
    for (const consent of viewer.consents) {
      expect(consent).toMatchObject({
        description: expect.stringMatching(/feed/),
        descriptionZh: expect.stringMatching(/[\u4e00-\u9fff]{10}/),
      });
    }
  });

  it('are chosen by purpose, and hold from the next request on', async () => {
    await using app = await startTestApp({ now: new Date('2026-11-01T08:00:00Z') });
    const [learner, other] = [await aLearner(app), await aLearner(app)];
    expect(await choose(app, learner, 'PERSONALISATION', false)).toEqual({
      __typename: 'SetConsentSuccess',
      consent: { purpose: 'PERSONALISATION', granted: false, since: '2026-11-01T08:00:00.000Z' },
    });
    expect((await app.query<Seen>(SEE, {}, learner)).viewer.consents).toMatchObject([
      { purpose: 'PERSONALISATION', granted: false, since: '2026-11-01T08:00:00.000Z' },
      { purpose: 'PROFILE', granted: true, since: null },
    ]);
    expect((await app.query<Seen>(SEE, {}, other)).viewer.consents).toMatchObject([
      { purpose: 'PERSONALISATION', granted: true },
      { purpose: 'PROFILE', granted: true },
    ]);
    expect(await consentingIds(app, 'PERSONALISATION')).toEqual([other.id]);
    expect((await consentingIds(app, 'PROFILE')).toSorted()).toEqual([learner.id, other.id].toSorted());
    await choose(app, learner, 'PERSONALISATION', true);
    expect((await consentingIds(app, 'PERSONALISATION')).toSorted()).toEqual([learner.id, other.id].toSorted());
  });

  it('keep every choice, newest first, and the same choice again once', async () => {
    await using app = await startTestApp({ now: new Date('2026-11-01T08:00:00Z') });
    const learner = await aLearner(app);
    await choose(app, await aLearner(app), 'PROFILE', false);
    for (const granted of [true, true, false, false, true]) {
      await choose(app, learner, 'PROFILE', granted);
      app.clock.advance(60_000);
    }
    await choose(app, learner, 'PERSONALISATION', false);
    const { edges } = await historyOf(app, learner);
    expect(edges.map(({ node }) => node)).toEqual([
      { purpose: 'PERSONALISATION', granted: false, at: '2026-11-01T08:05:00.000Z' },
      { purpose: 'PROFILE', granted: true, at: '2026-11-01T08:04:00.000Z' },
      { purpose: 'PROFILE', granted: false, at: '2026-11-01T08:02:00.000Z' },
      { purpose: 'PROFILE', granted: true, at: '2026-11-01T08:00:00.000Z' },
    ]);
    const first = await historyOf(app, learner, { first: 3 });
    expect(first.pageInfo.hasNextPage).toBe(true);
    const rest = await historyOf(app, learner, { first: 3, after: first.pageInfo.endCursor });
    expect([...first.edges, ...rest.edges]).toEqual(edges);
    expect(rest.pageInfo.hasNextPage).toBe(false);
  });

  it('hold in the order in which they were made, even at one instant and all at once', async () => {
    await using app = await startTestApp();
    const learner = await aLearner(app);
    await Promise.all(
      [false, true, false, true, false, true].map((granted) => choose(app, learner, 'PROFILE', granted)),
    );
    await choose(app, learner, 'PROFILE', true);
    await choose(app, learner, 'PROFILE', false);
    const [, profile] = await findConsents(app.platform.database, learner.id);
    expect(profile).toMatchObject({ purpose: 'PROFILE', granted: false });
    expect(await consentingIds(app, 'PROFILE')).toEqual([]);
    const { rows } = await app.platform.database.pool.query(
      'select number, granted from consent_choices where user_id = $1 order by number',
      [learner.id],
    );
    expect(rows.map(({ number }) => number)).toEqual(rows.map((_, at) => at + 1));
    for (const [at, row] of rows.entries()) expect(row.granted).not.toBe(rows[at - 1]?.granted);
  });

  it('wait for the choice that is being made, and follow it', async () => {
    await using app = await startTestApp();
    const learner = await aLearner(app);
    const { answer, hasWaited } = await whileHeld(app, learner.id, {
      request: () => choose(app, learner, 'PROFILE', true),
      meanwhile: (client) =>
        client.query(
          `insert into consent_choices (id, user_id, purpose, number, granted, chosen_at)
           values (gen_random_uuid(), $1, 'PROFILE', 1, false, $2)`,
          [learner.id, app.clock.now()],
        ),
    });
    expect(hasWaited).toBe(true);
    expect(answer).toMatchObject({ consent: { purpose: 'PROFILE', granted: true } });
    expect((await historyOf(app, learner)).edges).toHaveLength(2);
    expect(await consentingIds(app, 'PROFILE')).toEqual([learner.id]);
  });

  it('cannot be changed or wiped, not even beside the product', async () => {
    await using app = await startTestApp();
    await choose(app, await aLearner(app), 'PROFILE', false);
    const { pool } = app.platform.database;
    const statements = [
      'update consent_choices set granted = true',
      'delete from consent_choices',
      'truncate consent_choices',
    ];
    for (const statement of statements) await expect(pool.query(statement)).rejects.toThrow(/consent_choices/);
  });

  it('are read by one statement, however many purposes there are', async () => {
    await using app = await startTestApp();
    const learner = await aLearner(app);
    for (const purpose of CONSENT_PURPOSES) await choose(app, learner, purpose, false);
    const viewerAlone = await countQueries(app, () => app.query('{ viewer { __typename } }', {}, learner));
    expect(await countQueries(app, () => app.query(SEE, {}, learner))).toBe(viewerAlone + 1);
  });

  it('are nobody else’s: without a session there is no choice', async () => {
    await using app = await startTestApp();
    expect(await choose(app, undefined, 'PROFILE', false)).toMatchObject({ code: 'UNAUTHENTICATED' });
    expect((await app.graphql(SEE)).data).toEqual({ viewer: null });
  });
});
