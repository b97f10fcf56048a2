import { describe, expect, it } from 'vitest';
import { startTestApp } from '../../support/test-app.ts';

const SIGN_UP = /* GraphQL */ `
  mutation ($input: SignUpInput!) {
    signUp(input: $input) {
      __typename
      ... on SessionOpened { token user { id email displayName roles } }
      ... on UserError { code message }
      ... on InvalidInputError { field }
    }
  }`;
const LOG_IN = /* GraphQL */ `
  mutation ($input: LogInInput!) {
    logIn(input: $input) {
      __typename
      ... on SessionOpened { token expiresAt }
      ... on UserError { code message }
    }
  }`;
const WHO = '{ viewer { user { email } } }';

interface SignedUp {
  readonly signUp: { readonly token: string };
}

interface LoggedIn {
  readonly logIn: { readonly token: string };
}

const wei = { email: 'Wei@Example.com', password: 'a long enough phrase', displayName: '韦小宝', locale: 'zh-CN' };

describe('signing up and logging in', () => {
  it('opens a session that names the person, until it is logged out', async () => {
    await using app = await startTestApp();
    const signedUp = await app.graphql(SIGN_UP, { input: wei });
    expect(signedUp.data).toMatchObject({
      signUp: {
        __typename: 'SessionOpened',
        user: { email: 'wei@example.com', displayName: '韦小宝', roles: ['LEARNER'] },
      },
    });
    const { token } = (
      await app.query<LoggedIn>(LOG_IN, { input: { email: ' WEI@example.com', password: wei.password } })
    ).logIn;
    expect((await app.graphql(WHO, {}, { token })).data).toEqual({ viewer: { user: { email: 'wei@example.com' } } });
    await app.graphql('mutation { logOut { __typename } }', {}, { token });
    expect((await app.graphql(WHO, {}, { token })).data).toEqual({ viewer: null });
  });

  it('answers a wrong password and an unknown address alike', async () => {
    await using app = await startTestApp();
    await app.graphql(SIGN_UP, { input: wei });
    const wrong = await app.graphql(LOG_IN, { input: { email: wei.email, password: 'not the phrase' } });
    const unknown = await app.graphql(LOG_IN, { input: { email: 'nobody@example.com', password: 'not the phrase' } });
    expect(wrong.data).toEqual(unknown.data);
    expect(wrong.data).toMatchObject({ logIn: { __typename: 'InvalidCredentialsError', code: 'INVALID_CREDENTIALS' } });
  });

  it('refuses a second account for an address, and a short password by name', async () => {
    await using app = await startTestApp();
    await app.graphql(SIGN_UP, { input: wei });
    expect((await app.graphql(SIGN_UP, { input: wei })).data).toMatchObject({ signUp: { code: 'EMAIL_TAKEN' } });
    const short = await app.graphql(SIGN_UP, { input: { ...wei, email: 'other@example.com', password: 'short' } });
    expect(short.data).toMatchObject({ signUp: { __typename: 'InvalidInputError', field: 'password' } });
  });

  it('ends a session by itself when its time is over', async () => {
    await using app = await startTestApp({ config: { sessionTtlHours: 1 } });
    const { token } = (await app.query<SignedUp>(SIGN_UP, { input: wei })).signUp;
    app.clock.advance(3_599_000);
    expect((await app.graphql(WHO, {}, { token })).data).not.toEqual({ viewer: null });
    app.clock.advance(2_000);
    expect((await app.graphql(WHO, {}, { token })).data).toEqual({ viewer: null });
  });
});
