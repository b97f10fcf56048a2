import { describe, expect, it } from 'vitest';
import { aLearner, type TestPerson } from '../../support/people.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

const PROFILE = 'country birthYear occupation interests goals';
const SIGN_UP = /* GraphQL */ `
  mutation ($input: SignUpInput!) {
    signUp(input: $input) {
      __typename
      ... on SessionOpened { token }
      ... on UserError { code message }
      ... on InvalidInputError { field }
    }
  }`;
const UPDATE = /* GraphQL */ `
  mutation ($input: UpdateProfileInput!) {
    updateProfile(input: $input) {
      __typename
      ... on UpdateProfileSuccess { user { displayName locale email } profile { ${PROFILE} } }
      ... on UserError { code message }
      ... on InvalidInputError { field }
    }
  }`;
const SEE = `{ viewer { user { displayName locale } profile { ${PROFILE} } } }`;

const wei = { email: 'wei@example.com', password: 'a long enough phrase', displayName: '韦小宝', locale: 'zh-CN' };
const told = {
  country: 'CN',
  birthYear: 1993,
  occupation: '后端工程师',
  interests: ['technology', '徒步'],
  goals: ['弄懂一致性协议'],
};
const untold = { country: null, birthYear: null, occupation: null, interests: [], goals: [] };

type Answer = Record<string, unknown> & { readonly token?: string; readonly field?: string; readonly message?: string };

async function signUp(app: TestApp, input: object): Promise<Answer> {
  return (await app.query<{ signUp: Answer }>(SIGN_UP, { input: { ...wei, ...input } })).signUp;
}

async function update(app: TestApp, person: Pick<TestPerson, 'token'> | undefined, input: object): Promise<Answer> {
  return (await app.query<{ updateProfile: Answer }>(UPDATE, { input }, person ?? {})).updateProfile;
}

async function see(app: TestApp, token: string | undefined) {
  return (await app.query<{ viewer: { user: object; profile: object } }>(SEE, {}, token ? { token } : {})).viewer;
}

describe('a profile', () => {
  it('is told at sign-up, or not at all', async () => {
    await using app = await startTestApp();
    const { token } = await signUp(app, told);
    expect((await see(app, token)).profile).toEqual(told);
    const silent = await signUp(app, { email: 'silent@example.com' });
    expect((await see(app, silent.token)).profile).toEqual(untold);
    const nulls = { country: null, birthYear: null, occupation: null, interests: null, goals: null };
    const explicit = await signUp(app, { email: 'nulls@example.com', ...nulls });
    expect((await see(app, explicit.token)).profile).toEqual(untold);
  });

  it('changes in what is given, and stays in what is not', async () => {
    await using app = await startTestApp();
    const { token = '' } = await signUp(app, told);
    expect(await update(app, { token }, { occupation: ' 架构师 ', locale: 'zh-cn' })).toEqual({
      __typename: 'UpdateProfileSuccess',
      user: { displayName: '韦小宝', locale: 'zh-CN', email: 'wei@example.com' },
      profile: { ...told, occupation: '架构师' },
    });
    await update(
      app,
      { token },
      { displayName: '韦爵爷', interests: ['Python', 'Python', ' 数据分析 '], country: 'SG' },
    );
    expect(await see(app, token)).toEqual({
      user: { displayName: '韦爵爷', locale: 'zh-CN' },
      profile: { ...told, occupation: '架构师', country: 'SG', interests: ['Python', '数据分析'] },
    });
    await update(app, { token }, {});
    expect((await see(app, token)).profile).toMatchObject({ country: 'SG', goals: told.goals });
  });

  it('is taken back by null, the name and the language apart', async () => {
    await using app = await startTestApp();
    const { token = '' } = await signUp(app, told);
    const nothing = { displayName: null, locale: null, country: null, birthYear: null, occupation: null };
    expect(await update(app, { token }, { ...nothing, interests: null, goals: [] })).toMatchObject({
      user: { displayName: '韦小宝', locale: 'zh-CN' },
      profile: untold,
    });
    expect(await see(app, token)).toEqual({ user: { displayName: '韦小宝', locale: 'zh-CN' }, profile: untold });
  });

  it('decides what is on offer from the next request on', async () => {
    await using app = await startTestApp();
    const learner = await aLearner(app, { country: 'CN' });
    await update(app, learner, { country: 'DE' });
    expect(await app.services.access.authenticate(learner.token)).toMatchObject({ country: 'DE' });
  });

  it('is refused by the field that is wrong, at sign-up and later, and then nothing changes', async () => {
    await using app = await startTestApp({ now: new Date('2026-11-01T08:00:00Z') });
    const learner = await aLearner(app);
    const before = await see(app, learner.token);
    const wrong: [string, object][] = [
      ['country', { country: 'china' }],
      ['birthYear', { birthYear: 1899 }],
      ['birthYear', { birthYear: 2027 }],
      ['occupation', { occupation: ' ' }],
      ['occupation', { occupation: 'x'.repeat(81) }],
      ['interests', { interests: Array.from({ length: 21 }, (_, at) => `interest ${at}`) }],
      ['interests.1', { interests: ['good', 'x'.repeat(61)] }],
      ['goals', { goals: Array.from({ length: 11 }, (_, at) => `goal ${at}`) }],
      ['goals.0', { goals: ['two\nlines'] }],
      ['displayName', { displayName: '' }],
      ['locale', { locale: 'klingonese!' }],
    ];
    for (const [field, input] of wrong) {
      const refusal = { __typename: 'InvalidInputError', code: 'INVALID_INPUT', field };
      expect(await signUp(app, input), field).toMatchObject(refusal);
      expect(await update(app, learner, { goals: ['something else'], ...input }), field).toMatchObject(refusal);
    }
    expect((await update(app, learner, { birthYear: 2027 })).message).toBe('"birthYear" is a year from 1900 to 2026.');
    expect(await see(app, learner.token)).toEqual(before);
    for (const birthYear of [1900, 2026]) {
      expect(await update(app, learner, { birthYear })).toMatchObject({ profile: { birthYear } });
    }
  });

  it('keeps changes that come together, each of its own field', async () => {
    await using app = await startTestApp();
    const learner = await aLearner(app, { country: null });
    await Promise.all([
      ...Object.entries(told).map(([field, value]) => update(app, learner, { [field]: value })),
      update(app, learner, { displayName: '韦爵爷' }),
    ]);
    expect(await see(app, learner.token)).toMatchObject({ user: { displayName: '韦爵爷' }, profile: told });
  });

  it('needs a session, and is shown to nobody else', async () => {
    await using app = await startTestApp();
    expect(await update(app, undefined, { occupation: 'nurse' })).toMatchObject({ code: 'UNAUTHENTICATED' });
    expect((await app.graphql(SEE)).data).toEqual({ viewer: null });
    const answer = await app.graphql('{ viewer { user { birthYear } } }');
    expect(answer.errors[0]?.message).toMatch(/Cannot query field "birthYear" on type "User"/);
  });
});
