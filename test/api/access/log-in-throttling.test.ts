import { expect, it } from 'vitest';
import { startTestApp } from '../../support/test-app.ts';

const LOG_IN = /* GraphQL */ `
  mutation ($input: LogInInput!) {
    logIn(input: $input) {
      __typename
      ... on UserError { code }
      ... on TooManyAttemptsError { retryAfterSeconds }
    }
  }`;
const PASSWORD = 'a long enough phrase';
const wei = { email: 'wei@example.com', password: PASSWORD, displayName: '韦', locale: 'zh-CN' };
const elsewhere = '203.0.113.9';

it('makes one wait who guesses at an account, and leaves its owner at another address alone', async () => {
  await using app = await startTestApp();
  await app.services.users.signUp(wei);
  const guess = (password: string) => app.graphql(LOG_IN, { input: { email: wei.email, password } });
  for (let n = 0; n < 10; n++) {
    expect((await guess(`guess ${n}`)).data).toMatchObject({ logIn: { code: 'INVALID_CREDENTIALS' } });
  }
  const { data } = await guess(PASSWORD);
  expect(data).toMatchObject({ logIn: { __typename: 'TooManyAttemptsError', code: 'TOO_MANY_ATTEMPTS' } });
  const { retryAfterSeconds } = (data as { logIn: { retryAfterSeconds: number } }).logIn;
  expect(retryAfterSeconds).toBeGreaterThan(890);
  expect(retryAfterSeconds).toBeLessThanOrEqual(900);
  const owner = await app.services.access.logIn({ ...wei, clientAddress: elsewhere });
  expect(owner.token).toHaveLength(43);
});

it('counts guesses that come together', async () => {
  await using app = await startTestApp();
  const guess = () => app.graphql(LOG_IN, { input: { email: 'nobody@example.com', password: 'guess' } });
  const answers = await Promise.all(Array.from({ length: 20 }, guess));
  const codes = answers.map(({ data }) => (data as { logIn: { code: string } }).logIn.code);
  expect(codes.filter((code) => code === 'INVALID_CREDENTIALS')).toHaveLength(10);
  expect(codes.filter((code) => code === 'TOO_MANY_ATTEMPTS')).toHaveLength(10);
});

it('forgets wrong guesses when the right password comes', async () => {
  await using app = await startTestApp();
  await app.services.users.signUp(wei);
  const tryIt = (password: string) =>
    app.services.access.logIn({ email: wei.email, password, clientAddress: elsewhere }).then(
      () => 'in',
      () => 'refused',
    );
  for (let round = 0; round < 3; round++) {
    for (let n = 0; n < 8; n++) expect(await tryIt('guess')).toBe('refused');
    expect(await tryIt(PASSWORD)).toBe('in');
  }
});
