import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { blockedPartnerIds, MOST_BLOCKED } from '../../../src/preferences/index.ts';
import { globalId } from '../../../src/shared/global-id.ts';
import { countQueries } from '../../support/count-queries.ts';
import { whileHeld } from '../../support/locks.ts';
import { aMember, aPartner } from '../../support/partners.ts';
import { aLearner, type TestPerson } from '../../support/people.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

const BLOCK = /* GraphQL */ `
  mutation ($id: ID!) {
    blockPartner(partnerId: $id) {
      __typename
      ... on BlockPartnerSuccess { partner { id blocked } blockedAt }
      ... on UserError { code }
      ... on TooManyBlocksError { limit }
    }
  }`;
const UNBLOCK = /* GraphQL */ `
  mutation ($id: ID!) {
    unblockPartner(partnerId: $id) { __typename ... on UnblockPartnerSuccess { partnerId } ... on UserError { code } }
  }`;
const BLOCKED = /* GraphQL */ `
  query ($first: Int, $after: String) {
    viewer { blockedPartners(first: $first, after: $after) {
      edges { node { blockedAt partner { id state } } } pageInfo { hasNextPage endCursor }
    } }
  }`;

interface Blocked {
  readonly viewer: {
    readonly blockedPartners: {
      readonly edges: readonly { node: { blockedAt: string; partner: { id: string; state: string } } }[];
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    };
  };
}

async function change(app: TestApp, person: TestPerson | undefined, query: string, partnerId: string) {
  const data = await app.query<Record<string, unknown>>(query, { id: globalId('Partner', partnerId) }, person ?? {});
  return Object.values(data)[0];
}

async function blockedBy(app: TestApp, person: TestPerson, page: object = {}) {
  const { blockedPartners } = (await app.query<Blocked>(BLOCKED, { first: 100, ...page }, person)).viewer;
  return { ...blockedPartners.pageInfo, ids: blockedPartners.edges.map(({ node }) => node.partner.id) };
}

async function arrayOf(app: TestApp, userId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select unnest(${blockedPartnerIds(sql.ref('users.id'))}) as id from users where users.id = ${userId}
  `.execute(app.platform.database.read());
  return rows.map(({ id }) => id).toSorted();
}

describe('a partner that a learner blocks', () => {
  it('is blocked for that learner alone, until they take it back; both can be sent again', async () => {
    await using app = await startTestApp({ now: new Date('2026-11-01T08:00:00Z') });
    const [one, two] = [await aPartner(app), await aPartner(app)];
    const [learner, other] = [await aLearner(app), await aLearner(app)];
    const id = globalId('Partner', one.id);
    const blocked = {
      __typename: 'BlockPartnerSuccess',
      partner: { id, blocked: true },
      blockedAt: '2026-11-01T08:00:00.000Z',
    };
    expect(await change(app, learner, BLOCK, one.id)).toEqual(blocked);
    app.clock.advance(1_000);
    expect(await change(app, learner, BLOCK, one.id)).toEqual(blocked);
    await change(app, learner, BLOCK, two.id);
    await change(app, other, BLOCK, one.id);
    expect((await blockedBy(app, learner)).ids).toEqual([globalId('Partner', two.id), id]);
    expect(await arrayOf(app, learner.id)).toEqual([one.id, two.id].toSorted());
    expect((await blockedBy(app, other)).ids).toEqual([id]);
    const unblocked = { __typename: 'UnblockPartnerSuccess', partnerId: id };
    expect(await change(app, learner, UNBLOCK, one.id)).toEqual(unblocked);
    expect(await change(app, learner, UNBLOCK, one.id)).toEqual(unblocked);
    expect(await arrayOf(app, learner.id)).toEqual([two.id]);
    expect(await arrayOf(app, other.id)).toEqual([one.id]);
    expect(await arrayOf(app, (await aLearner(app)).id)).toEqual([]);
  });

  it('says so of itself to that learner, in one statement for a whole list', async () => {
    await using app = await startTestApp();
    const partners = [await aPartner(app), await aPartner(app), await aPartner(app)];
    const [learner, other] = [await aLearner(app), await aLearner(app)];
    await change(app, learner, BLOCK, partners[1]?.id ?? '');
    const list = '{ partners { edges { node { id blocked } } } }';
    const seen = async (options: { token?: string }) => {
      const data = await app.query<{ partners: { edges: { node: { id: string; blocked: boolean } }[] } }>(
        list,
        {},
        options,
      );
      return data.partners.edges.filter(({ node }) => node.blocked).map(({ node }) => node.id);
    };
    expect(await seen(learner)).toEqual([globalId('Partner', partners[1]?.id ?? '')]);
    expect(await seen(other)).toEqual([]);
    expect(await seen({})).toEqual([]);
    const without = await countQueries(app, () => app.query('{ partners { edges { node { id } } } }', {}, learner));
    expect(await countQueries(app, () => app.query(list, {}, learner))).toBe(without + 1);
  });

  it('must be one that the learner may see; one that was suspended since can still be taken back', async () => {
    await using app = await startTestApp();
    const partner = await aPartner(app);
    const hidden = await aPartner(app, { state: 'APPLIED' });
    const [learner, owner] = [await aLearner(app), await aMember(app, { partnerId: hidden.id })];
    expect(await change(app, learner, BLOCK, hidden.id)).toMatchObject({ code: 'FORBIDDEN' });
    expect(await change(app, learner, BLOCK, app.platform.ids.next())).toMatchObject({ code: 'FORBIDDEN' });
    expect(await change(app, undefined, BLOCK, partner.id)).toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(await change(app, undefined, UNBLOCK, partner.id)).toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(await change(app, owner, BLOCK, hidden.id)).toMatchObject({ partner: { blocked: true } });
    await change(app, learner, BLOCK, partner.id);
    await app.platform.database.pool.query(`update partners set state = 'SUSPENDED' where id = $1`, [partner.id]);
    expect((await app.query<Blocked>(BLOCKED, {}, learner)).viewer.blockedPartners.edges).toMatchObject([
      { node: { partner: { id: globalId('Partner', partner.id), state: 'SUSPENDED' } } },
    ]);
    await change(app, learner, UNBLOCK, partner.id);
    expect((await blockedBy(app, learner)).ids).toEqual([]);
  });

  it('comes in pages, each once, also when many were blocked at one instant', async () => {
    await using app = await startTestApp();
    const learner = await aLearner(app);
    for (let n = 0; n < 5; n++) await change(app, learner, BLOCK, (await aPartner(app)).id);
    const all = (await blockedBy(app, learner)).ids;
    const first = await blockedBy(app, learner, { first: 3 });
    const rest = await blockedBy(app, learner, { first: 3, after: first.endCursor });
    expect([...first.ids, ...rest.ids]).toEqual(all);
    expect([all.length, first.hasNextPage, rest.hasNextPage]).toEqual([5, true, false]);
  });

  it(`is one of at most ${MOST_BLOCKED}, also when the last one comes while another is being blocked`, async () => {
    await using app = await startTestApp();
    const learner = await aLearner(app);
    const [given, late] = [await aPartner(app), await aPartner(app)];
    await app.platform.database.pool.query(
      `with more as (
         insert into partners (id, name, kind, domain_code, state, country, description, created_at)
         select gen_random_uuid(), 'P' || n, kind, domain_code, state, country, description, created_at
         from partners, generate_series(1, $3) n where id = $2 returning id)
       insert into partner_blocks (user_id, partner_id, blocked_at) select $1, id, now() from more`,
      [learner.id, given.id, MOST_BLOCKED - 1],
    );
    const { answer, hasWaited } = await whileHeld(app, learner.id, {
      request: () => change(app, learner, BLOCK, late.id),
      meanwhile: (client) =>
        client.query('insert into partner_blocks (user_id, partner_id, blocked_at) values ($1, $2, now())', [
          learner.id,
          given.id,
        ]),
    });
    expect(hasWaited).toBe(true);
    expect(answer).toEqual({ __typename: 'TooManyBlocksError', code: 'TOO_MANY_BLOCKS', limit: MOST_BLOCKED });
    expect(await arrayOf(app, learner.id)).toHaveLength(MOST_BLOCKED);
    expect(await change(app, learner, BLOCK, given.id)).toMatchObject({ partner: { blocked: true } });
    await change(app, learner, UNBLOCK, given.id);
    expect(await change(app, learner, BLOCK, late.id)).toMatchObject({ partner: { blocked: true } });
  });
});
