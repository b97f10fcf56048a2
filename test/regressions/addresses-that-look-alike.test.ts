import { expect, it } from 'vitest';
import { User } from '../../src/users/index.ts';
import { startTestApp } from '../support/test-app.ts';

const SIGN_UP = /* GraphQL */ `
  mutation ($input: SignUpInput!) { signUp(input: $input) { __typename ... on InvalidInputError { field } } }`;
const LOG_IN = /* GraphQL */ `
  mutation ($input: LogInInput!) { logIn(input: $input) { __typename } }`;
const password = 'a long enough phrase';
const wei = { email: 'wei@example.com', password, displayName: '韦', locale: 'zh-CN' };

it('takes variants of characters for the characters', async () => {
  await using app = await startTestApp();
  await app.services.users.signUp(wei);
  for (const email of ['ＷＥＩ@example.com', ' Wei@Example.COM ', 'wei＠example.com']) {
    expect(await app.query(SIGN_UP, { input: { ...wei, email } })).toEqual({
      signUp: { __typename: 'EmailTakenError' },
    });
    expect(await app.query(LOG_IN, { input: { email, password } })).toEqual({ logIn: { __typename: 'SessionOpened' } });
  }
});

it('takes no address with characters that nobody sees', async () => {
  await using app = await startTestApp();
  for (const hidden of ['\u200b', '\u202e', '\u00ad', '\u2066', '\u0001', '\u{e0041}']) {
    expect(await app.query(SIGN_UP, { input: { ...wei, email: `wei${hidden}@example.com` } })).toEqual({
      signUp: { __typename: 'InvalidInputError', field: 'email' },
    });
  }
});

it('counts guesses at an account whatever variant of its address they come with', async () => {
  await using app = await startTestApp();
  const guess = (email: string) => app.graphql(LOG_IN, { input: { email, password: 'guess' } });
  for (let n = 0; n < 5; n++) {
    await guess('wei@example.com');
    await guess('ｗｅｉ@example.com');
  }
  expect((await guess('wei@example.com')).data).toEqual({ logIn: { __typename: 'TooManyAttemptsError' } });
});

it('tells the later of two who take an address at once that it is taken', async () => {
  await using app = await startTestApp();
  const { promise: isTold, resolve: tell } = Promise.withResolvers<void>();
  const { promise: mayEnd, resolve: end } = Promise.withResolvers<void>();
  const earlier = app.platform.database.transaction(async (em) => {
    const { email, displayName, locale } = wei;
    const person = { id: app.platform.ids.next(), email, displayName, locale, roles: [], interests: [], goals: [] };
    em.create(User, { ...person, createdAt: app.clock.now() }, { persist: true });
    await em.flush();
    tell();
    await mayEnd;
  });
  await isTold;
  const later = app.query(SIGN_UP, { input: wei });
  const locks = () =>
    app.platform.database.orm.em
      .fork()
      .execute("select 1 from pg_locks where locktype = 'transactionid' and not granted");
  await expect.poll(locks, { timeout: 10_000 }).toHaveLength(1);
  end();
  await earlier;
  expect(await later).toEqual({ signUp: { __typename: 'EmailTakenError' } });
});
