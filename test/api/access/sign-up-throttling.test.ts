import { expect, it } from 'vitest';
import { startTestApp } from '../../support/test-app.ts';

const SIGN_UP = /* GraphQL */ `
  mutation ($input: SignUpInput!) {
    signUp(input: $input) {
      __typename
      ... on UserError { code }
      ... on TooManyAttemptsError { retryAfterSeconds }
    }
  }`;
const LIMIT = 100;
/** Too short: it is counted all the same, and costs no hash. */
const refused = { email: 'wei@example.com', password: 'short', displayName: '韦', locale: 'zh-CN' };
const wei = { ...refused, password: 'a long enough phrase' };

it('makes one address wait that signs up by the hundred, also when all come together, and no other one', async () => {
  await using app = await startTestApp();
  const answers = await Promise.all(Array.from({ length: LIMIT + 5 }, () => app.graphql(SIGN_UP, { input: refused })));
  const codes = answers.map(({ data }) => (data as { signUp: { code: string } }).signUp.code);
  expect(codes.filter((code) => code === 'INVALID_INPUT')).toHaveLength(LIMIT);
  expect(codes.filter((code) => code === 'TOO_MANY_ATTEMPTS')).toHaveLength(5);
  const { signUp } = await app.query<{ signUp: { retryAfterSeconds: number } }>(SIGN_UP, { input: wei });
  expect(signUp.retryAfterSeconds).toBeGreaterThan(3_500);
  expect(signUp.retryAfterSeconds).toBeLessThanOrEqual(3_600);
  const elsewhere = await app.services.access.signUp({ ...wei, clientAddress: '203.0.113.9' });
  expect(elsewhere.token).toHaveLength(43);
});
