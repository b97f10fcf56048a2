import { describe, expect, it } from 'vitest';
import { globalId } from '../../../src/shared/global-id.ts';
import { aContent } from '../../support/contents.ts';
import { countQueries } from '../../support/count-queries.ts';
import { aCrowd, deeds, paidBack, paidOrders } from '../../support/crowds.ts';
import { aDomain, aMember, aPartner } from '../../support/partners.ts';
import { aFinanceClerk, aLearner, anAdmin } from '../../support/people.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

const RANK = /* GraphQL */ `
  query ($input: RankPartnersInput!) {
    rankPartners(input: $input) {
      since until marketMeasure marketCurrency rankedCount leftOutCount
      criteria { criterion askedWeight weight knownCount isConstant isUnknown }
      ranked {
        partner { name }
        rank closeness confidence
        figures {
          people views interactions domainSimilarity targetShare buyers sales revenues { amount currency } conversion
        }
        scores { criterion unit figure missing treatment usedFigure normalised weight gained lost }
      }
      leftOut { partner { name } reason missing }
    }
  }`;

interface Score {
  readonly criterion: string;
  readonly figure: number | null;
  readonly missing: string | null;
  readonly treatment: string | null;
  readonly usedFigure: number | null;
  readonly normalised: number | null;
  readonly weight: number;
  readonly gained: number;
  readonly lost: number;
}

interface Ranked {
  readonly partner: { readonly name: string };
  readonly rank: number;
  readonly closeness: number;
  readonly confidence: number;
  readonly figures: Record<string, unknown>;
  readonly scores: readonly Score[];
}

interface Ranking {
  readonly since: string;
  readonly until: string;
  readonly marketMeasure: string;
  readonly marketCurrency: string | null;
  readonly rankedCount: number;
  readonly leftOutCount: number;
  readonly criteria: readonly { readonly criterion: string; readonly weight: number; readonly isUnknown: boolean }[];
  readonly ranked: readonly Ranked[];
  readonly leftOut: readonly { readonly partner: { readonly name: string }; readonly reason: string }[];
}

const GOAL = { domains: [{ domain: 'technology', weight: 3 }, { domain: 'fitness' }] };
const WEIGHTS = [
  { criterion: 'AUDIENCE_FIT', weight: 5 },
  { criterion: 'BRAND_INFLUENCE', weight: 2 },
  { criterion: 'MARKET_PERFORMANCE', weight: 2 },
  { criterion: 'SOCIAL_IMPACT', weight: 1 },
];

async function rank(app: TestApp, input: object): Promise<Ranking> {
  const { rankPartners } = await app.query<{ rankPartners: Ranking }>(
    RANK,
    { input: { goal: GOAL, ...input } },
    await anAdmin(app),
  );
  return rankPartners;
}

const named = (ranking: Ranking, name: string) => ranking.ranked.find(({ partner }) => partner.name === name);
const scoreOf = (ranked: Ranked | undefined, criterion: string) =>
  ranked?.scores.find((score) => score.criterion === criterion);

/** A published content of a new partner of that name. */
async function aPartnerWithContent(app: TestApp, name: string, domainCode: string) {
  await aDomain(app, 'fitness');
  const partner = await aPartner(app, { name, domainCode });
  return aContent(app, { partnerId: partner.id, domainCode });
}

/**
 * Alpha (technology): 12 people view, 6 of them like, 11 pay 100.00, one of whom gets all of it back and one 40.00.
 * Beta (fitness): 4 of these people and 16 others view; 3 buy. Gamma (technology): 9 people view. Delta (travel): 10 do.
 */
async function theFour(app: TestApp) {
  const alpha = await aPartnerWithContent(app, 'Alpha', 'technology');
  const beta = await aPartnerWithContent(app, 'Beta', 'fitness');
  const gamma = await aPartnerWithContent(app, 'Gamma', 'technology');
  const delta = await aPartnerWithContent(app, 'Delta', 'travel');
  const [ours, theirs, few, others] = [
    await aCrowd(app, 12),
    await aCrowd(app, 16),
    await aCrowd(app, 9),
    await aCrowd(app, 10),
  ];
  const betas = [...ours.slice(0, 4), ...theirs];
  await deeds(app, [
    ...ours.map((userId) => ({ userId, contentId: alpha.id })),
    ...ours.slice(0, 6).map((userId) => ({ userId, contentId: alpha.id, kind: 'LIKE' as const })),
    ...betas.map((userId) => ({ userId, contentId: beta.id })),
    ...few.map((userId) => ({ userId, contentId: gamma.id })),
    ...others.map((userId) => ({ userId, contentId: delta.id })),
  ]);
  const [first = '', second = ''] = await paidOrders(
    app,
    ours.slice(0, 11).map((userId) => ({ userId, content: alpha, priceMinor: 10_000n })),
  );
  await paidBack(app, { orderId: first, amountMinor: 10_000n });
  await paidBack(app, { orderId: second, amountMinor: 4_000n });
  await paidOrders(
    app,
    theirs.slice(0, 3).map((userId) => ({ userId, content: beta, priceMinor: 5_000n })),
  );
  return { alpha, beta, gamma, delta, ours };
}

describe('the ranking of partners', () => {
  it('ranks by figures of real data, and explains each criterion', async () => {
    await using app = await startTestApp();
    await theFour(app);
    const ranking = await rank(app, { weights: WEIGHTS });
    expect(ranking).toMatchObject({
      since: '2026-08-03T08:00:00.000Z',
      until: '2026-11-01T08:00:00.000Z',
      marketMeasure: 'REVENUE',
      marketCurrency: 'CNY',
      rankedCount: 3,
      leftOutCount: 1,
    });
    expect(ranking.ranked.map(({ partner, rank: place }) => [place, partner.name])).toEqual([
      [1, 'Alpha'],
      [2, 'Beta'],
      [3, 'Delta'],
    ]);
    // Alpha's people: four did 2/3 technology and 1/3 fitness, eight technology alone: 32/3 to 4/3, or 8 to 1.
    expect(named(ranking, 'Alpha')?.figures).toEqual({
      people: 12,
      views: 12,
      interactions: 6,
      domainSimilarity: expect.closeTo(25 / Math.sqrt(65 * 10), 10),
      targetShare: null,
      buyers: 10,
      sales: 10,
      revenues: [{ amount: '960.00', currency: 'CNY' }],
      conversion: 10 / 12,
    });
    // Beta's people: 8/3 technology to 52/3 fitness, or 2 to 13.
    expect(named(ranking, 'Beta')?.figures).toMatchObject({
      people: 20,
      domainSimilarity: expect.closeTo(19 / Math.sqrt(173 * 10), 10),
      buyers: null,
      sales: null,
      revenues: null,
      conversion: null,
    });
    expect(named(ranking, 'Delta')?.figures).toMatchObject({ domainSimilarity: 0, buyers: 0, revenues: [] });
    const closeness = ranking.ranked.map((ranked) => ranked.closeness);
    expect(closeness[0]).toBeCloseTo(0.9593689805717422, 10);
    expect(closeness[1]).toBeCloseTo(0.4722915200185586, 10);
    expect(closeness[2]).toBe(0);
    expect(ranking.ranked.map(({ confidence }) => confidence)).toEqual([
      expect.closeTo(0.9, 10),
      expect.closeTo(0.7, 10),
      expect.closeTo(0.9, 10),
    ]);
  });

  it('tells of each criterion the figure, what stood in for it, its weight and its part', async () => {
    await using app = await startTestApp();
    await theFour(app);
    const ranking = await rank(app, { weights: WEIGHTS });
    const beta = named(ranking, 'Beta');
    expect(scoreOf(beta, 'AUDIENCE_FIT')).toMatchObject({
      normalised: expect.closeTo(0.42227836932788665, 10),
      weight: expect.closeTo(5 / 9, 12),
      gained: expect.closeTo(0.394620583622247, 10),
      lost: expect.closeTo(0.46432908107041665, 10),
      missing: null,
      treatment: null,
    });
    expect(scoreOf(beta, 'BRAND_INFLUENCE')).toMatchObject({
      figure: expect.closeTo(Math.log(21), 12),
      gained: expect.closeTo(0.006854830572180041, 10),
    });
    // Alpha has 1 and Delta 0: their median stands in.
    expect(scoreOf(beta, 'MARKET_PERFORMANCE')).toMatchObject({
      figure: null,
      missing: 'TOO_FEW_BUYERS',
      treatment: 'MEDIAN',
      usedFigure: 0.5,
      gained: expect.closeTo(0.07081610582413153, 10),
    });
    expect(scoreOf(beta, 'SOCIAL_IMPACT')).toMatchObject({
      figure: null,
      missing: 'NOT_ENTERED',
      treatment: 'CRITERION_LEFT_OUT',
      usedFigure: null,
      weight: 0,
    });
    // 6 of 42 views of all: Alpha (6 + 100/7) / 112, Beta (100/7) / 120. Not named among the weights, it moves nobody.
    expect(scoreOf(named(ranking, 'Alpha'), 'INTERACTION_RATE')).toMatchObject({
      figure: expect.closeTo(142 / 784, 12),
      weight: 0,
      gained: 0,
    });
    expect(scoreOf(beta, 'INTERACTION_RATE')?.figure).toBeCloseTo(100 / 840, 12);
    for (const { closeness, scores } of ranking.ranked) {
      expect(scores.reduce((sum, { gained }) => sum + gained, 0)).toBeCloseTo(closeness, 12);
      expect(scores.reduce((sum, { lost }) => sum + lost, 0)).toBeCloseTo(1 - closeness, 12);
    }
    expect(ranking.criteria).toMatchObject([
      { criterion: 'AUDIENCE_FIT', askedWeight: 0.5, knownCount: 3, isUnknown: false },
      { criterion: 'BRAND_INFLUENCE', askedWeight: 0.2, knownCount: 3, isConstant: false },
      { criterion: 'MARKET_PERFORMANCE', askedWeight: 0.2, knownCount: 2 },
      { criterion: 'INTERACTION_RATE', askedWeight: 0, weight: 0, knownCount: 3 },
      { criterion: 'SOCIAL_IMPACT', askedWeight: 0.1, weight: 0, knownCount: 0, isUnknown: true },
    ]);
  });

  it('says who is left out and why, and shows nothing of fewer than ten people', async () => {
    await using app = await startTestApp();
    const { alpha, beta, gamma } = await theFour(app);
    const gone = await aPartner(app, { name: 'Gone', state: 'TERMINATED' });
    const partnerIds = [alpha, beta, gamma].map(({ partnerId }) => globalId('Partner', partnerId));
    const ranking = await rank(app, {
      partnerIds: [...partnerIds, globalId('Partner', gone.id)],
      weights: WEIGHTS.slice(0, 3),
      missing: 'LEAVE_OUT',
    });
    expect(ranking.ranked.map(({ partner }) => partner.name)).toEqual(['Alpha']);
    expect(ranking.leftOut).toEqual([
      { partner: { name: 'Beta' }, reason: 'FIGURE_MISSING', missing: ['MARKET_PERFORMANCE'] },
      {
        partner: { name: 'Gamma' },
        reason: 'NOTHING_KNOWN',
        missing: ['AUDIENCE_FIT', 'BRAND_INFLUENCE', 'MARKET_PERFORMANCE', 'INTERACTION_RATE', 'SOCIAL_IMPACT'],
      },
      { partner: { name: 'Gone' }, reason: 'NOT_ACTIVE', missing: [] },
    ]);
  });

  it('weighs by entropy where no weights are given', async () => {
    await using app = await startTestApp();
    const { alpha, delta } = await theFour(app);
    const partnerIds = [alpha, delta].map(({ partnerId }) => globalId('Partner', partnerId));
    const ranking = await rank(app, { partnerIds });
    const diversity = (...figures: number[]) => {
      const sum = figures.reduce((total, figure) => total + figure, 0);
      const parts = figures.map((figure) => figure / sum).filter((part) => part > 0);
      return 1 + parts.reduce((total, part) => total + part * Math.log(part), 0) / Math.log(figures.length);
    };
    // Fit and market are all Alpha's. Of 22 views 6 likes: (6 + 300/11) / 112 and (300/11) / 110.
    const rates = [(6 + 300 / 11) / 112, 300 / 11 / 110] as const;
    const raw = [1, diversity(Math.log(13), Math.log(11)), 1, diversity(...rates), 0];
    const sum = raw.reduce((total, weight) => total + weight, 0);
    expect(ranking.criteria.map(({ weight }) => weight)).toEqual(raw.map((weight) => expect.closeTo(weight / sum, 10)));
    expect(ranking.criteria.map((use) => use.isUnknown)).toEqual([false, false, false, false, true]);
  });

  it('asks for the people wanted among those who told of themselves and let it be used', async () => {
    await using app = await startTestApp();
    const content = await aPartnerWithContent(app, 'Alpha', 'technology');
    const nurses = await aCrowd(app, 6, { occupation: 'Night NURSE', locale: 'en-GB' });
    const others = await aCrowd(app, 6, { occupation: 'welder', locale: 'en' });
    const silent = await aCrowd(app, 8);
    const refusing = await aLearner(app, { occupation: 'nurse' });
    const refuse = 'mutation { setConsent(purpose: PROFILE, granted: false) { __typename } }';
    await app.query(refuse, {}, refusing);
    await deeds(
      app,
      [...nurses, ...others, ...silent, refusing.id].map((userId) => ({ userId, contentId: content.id })),
    );
    const ask = async (goal: object) => named(await rank(app, { goal: { ...GOAL, ...goal } }), 'Alpha');
    const nursing = await ask({ personaWords: ['nurse'] });
    expect(nursing?.figures).toMatchObject({ people: 21, targetShare: 0.5 });
    expect(scoreOf(nursing, 'AUDIENCE_FIT')?.figure).toBeCloseTo((3 / Math.sqrt(10)) * 0.5, 12);
    // 12 of the 21 speak English, and of the 12 who told of themselves 6 speak it as in Britain.
    expect((await ask({ language: 'en' }))?.figures.targetShare).toBeCloseTo(12 / 21, 12);
    expect((await ask({ language: 'en-GB', personaWords: ['nurse', 'welder'] }))?.figures.targetShare).toBe(0.5);
  });

  it('does not judge people by fewer than ten profiles', async () => {
    await using app = await startTestApp();
    const content = await aPartnerWithContent(app, 'Alpha', 'technology');
    const people = [...(await aCrowd(app, 9, { occupation: 'nurse' })), ...(await aCrowd(app, 5))];
    await deeds(
      app,
      people.map((userId) => ({ userId, contentId: content.id })),
    );
    const alpha = named(await rank(app, { goal: { ...GOAL, personaWords: ['nurse'] } }), 'Alpha');
    expect(alpha?.figures).toMatchObject({ people: 14, targetShare: null });
    expect(scoreOf(alpha, 'AUDIENCE_FIT')).toMatchObject({ figure: null, missing: 'TOO_FEW_PROFILES' });
  });

  it('counts neither dismissals nor what happened before the period, nor anything twice', async () => {
    await using app = await startTestApp();
    const content = await aPartnerWithContent(app, 'Alpha', 'technology');
    const elsewhere = await aPartnerWithContent(app, 'Beta', 'travel');
    const people = await aCrowd(app, 12);
    const until = app.clock.now().getTime();
    const edge = new Date(until - 7 * 86_400_000);
    const within = new Date(edge.getTime() + 1);
    await deeds(app, [
      ...people.slice(0, 10).map((userId) => ({ userId, contentId: content.id, at: within })),
      // A person who does a lot of something else is one person all the same.
      ...Array.from({ length: 7 }, () => ({ userId: people[0] ?? '', contentId: content.id, kind: 'LIKE' as const })),
      { userId: people[10] ?? '', contentId: content.id, at: edge },
      { userId: people[11] ?? '', contentId: content.id, kind: 'DISMISS' as const },
      { userId: people[1] ?? '', contentId: elsewhere.id, kind: 'DISMISS' as const },
    ]);
    const alpha = named(await rank(app, { periodDays: 7 }), 'Alpha');
    expect(alpha?.figures).toMatchObject({ people: 10, views: 10, interactions: 7 });
    expect(alpha?.figures.domainSimilarity).toBeCloseTo(3 / Math.sqrt(10), 12);
  });

  it('never adds up amounts of several currencies', async () => {
    await using app = await startTestApp();
    const [alpha, beta] = [
      await aPartnerWithContent(app, 'Alpha', 'technology'),
      await aPartnerWithContent(app, 'Beta', 'fitness'),
    ];
    const people = await aCrowd(app, 10);
    const sell = (content: typeof alpha, priceMinor: bigint, currency: string, buyers = people) =>
      paidOrders(
        app,
        buyers.map((userId) => ({ userId, content, priceMinor, currency })),
      );
    await sell(alpha, 10_000n, 'CNY');
    await sell(beta, 10n, 'CNY');
    // So few that they may not be told, and not counted.
    await sell(beta, 9_999_999n, 'USD', people.slice(0, 9));
    const one = await rank(app, {});
    expect(one).toMatchObject({ marketMeasure: 'REVENUE', marketCurrency: 'CNY' });
    expect(named(one, 'Beta')?.figures.revenues).toEqual([{ amount: '1.00', currency: 'CNY' }]);
    // A thousandth of what Alpha sold, and the same conversion.
    expect(scoreOf(named(one, 'Beta'), 'MARKET_PERFORMANCE')?.figure).toBeCloseTo((0.001 + 1) / 2, 12);
    await sell(beta, 9_999_999n, 'USD', people.slice(9));
    const two = await rank(app, {});
    expect(two).toMatchObject({ marketMeasure: 'SALES', marketCurrency: null });
    expect(scoreOf(named(two, 'Alpha'), 'MARKET_PERFORMANCE')?.figure).toBeCloseTo((10 / 20 + 1) / 2, 12);
  });

  it('is for admins alone', async () => {
    await using app = await startTestApp();
    const { id } = await aPartner(app);
    const asked = { input: { goal: { domains: [{ domain: 'technology' }] } } };
    const members = [
      await aMember(app, { partnerId: id, role: 'OWNER' }),
      await aLearner(app),
      await aFinanceClerk(app),
    ];
    for (const person of members) {
      const answer = await app.graphql(RANK, asked, person);
      expect(answer.errors[0]?.extensions?.code).toBe('FORBIDDEN');
      expect(answer.data).toBeNull();
    }
    expect((await app.graphql(RANK, asked)).errors[0]?.extensions?.code).toBe('UNAUTHENTICATED');
  });

  it('says what is wrong with a wish, and where', async () => {
    await using app = await startTestApp();
    const admin = await anAdmin(app);
    await aDomain(app);
    const domains = [{ domain: 'technology' }];
    const refused = async (input: object) => {
      const answer = await app.graphql(RANK, { input: { goal: { domains }, ...input } }, admin);
      return [answer.errors[0]?.extensions?.code, answer.errors[0]?.extensions?.field, answer.errors[0]?.message];
    };
    expect(await refused({})).toEqual(['INVALID_INPUT', 'partnerIds', 'There is no ACTIVE partner to choose from.']);
    const { id } = await aPartner(app);
    const known = globalId('Partner', id);
    const cases: [object, string, RegExp][] = [
      [{ goal: { domains: [...domains, { domain: 'nowhere' }] } }, 'goal.domains.1.domain', /no domain "nowhere"/],
      [{ goal: { domains: [] } }, 'goal.domains', /from 1 to 50 domains/],
      [{ goal: { domains: [...domains, ...domains] } }, 'goal.domains.1.domain', /twice/],
      [{ goal: { domains: [{ domain: 'technology', weight: 0 }] } }, 'goal.domains.0.weight', /above 0.*not 0/],
      [{ goal: { domains, language: '??' } }, 'goal.language', /BCP 47/],
      [{ weights: [] }, 'weights', /at least one weight/],
      [{ weights: [{ criterion: 'AUDIENCE_FIT', weight: 0 }] }, 'weights.0.weight', /above 0/],
      [{ weights: [...WEIGHTS, { criterion: 'INTERACTION_RATE', weight: -1 }] }, 'weights.4.weight', /not -1/],
      [{ weights: [...WEIGHTS, WEIGHTS[0]] }, 'weights.4.criterion', /twice/],
      [{ partnerIds: [] }, 'partnerIds', /from 1 to 500 partners, not 0/],
      [{ partnerIds: [known, known] }, 'partnerIds', /twice/],
      [{ partnerIds: [known, globalId('Partner', app.platform.ids.next())] }, 'partnerIds.1', /no such partner/],
      [{ periodDays: 0 }, 'periodDays', /from 1 to 730/],
    ];
    for (const [input, field, message] of cases) {
      expect(await refused(input)).toEqual(['INVALID_INPUT', field, expect.stringMatching(message)]);
    }
  });

  it('refuses weights that lie on nothing that is known', async () => {
    await using app = await startTestApp();
    await theFour(app);
    const input = { goal: GOAL, weights: [{ criterion: 'SOCIAL_IMPACT', weight: 1 }] };
    const answer = await app.graphql(RANK, { input }, await anAdmin(app));
    expect(answer.errors[0]).toMatchObject({
      message: 'Nothing is known of any partner in SOCIAL_IMPACT.',
      extensions: { code: 'INVALID_INPUT', field: 'weights' },
    });
  });

  it('does not need more statements for more partners', async () => {
    await using app = await startTestApp();
    await theFour(app);
    const admin = await anAdmin(app);
    const ask = () => app.query(RANK, { input: { goal: GOAL } }, admin);
    const few = await countQueries(app, ask);
    const crowd = await aCrowd(app, 10);
    for (let at = 0; at < 15; at++) {
      const content = await aPartnerWithContent(app, `More ${at}`, 'technology');
      await deeds(
        app,
        crowd.map((userId) => ({ userId, contentId: content.id })),
      );
    }
    expect(await countQueries(app, ask)).toBe(few);
    // Session, domains; begin, candidates, how to plan, audiences, sales, commit; and the partners that are shown.
    expect(few).toBeLessThanOrEqual(9);
  });
});
