import { expect, it } from 'vitest';
import { startTestApp } from '../support/test-app.ts';

const SIGN_UP = /* GraphQL */ `
  mutation ($input: SignUpInput!) {
    signUp(input: $input) { __typename ... on InvalidInputError { field } ... on SessionOpened { user { displayName } } }
  }`;
const wei = { email: 'wei@example.com', password: 'a long enough phrase', displayName: '韦', locale: 'zh-CN' };

it.each([
  ['turns what comes after it', 'Wei \u202egnaW'],
  ['isolates what comes after it', 'Wei \u2067'],
  ['is of nothing but space that nobody sees', '\u200b\u200d\ufeff'],
])('takes no name that %s', async (_what, displayName) => {
  await using app = await startTestApp();
  expect(await app.query(SIGN_UP, { input: { ...wei, displayName } })).toEqual({
    signUp: { __typename: 'InvalidInputError', field: 'displayName' },
  });
});

it.each(['أحمد', 'می‌خواهم', '👩‍👩‍👧', '韦小宝', "O'Brien-Łoś"])(
  'takes names as people write them: %s',
  async (displayName) => {
    await using app = await startTestApp();
    expect(await app.query(SIGN_UP, { input: { ...wei, displayName } })).toEqual({
      signUp: { __typename: 'SessionOpened', user: { displayName } },
    });
  },
);

it('takes no language tag of thousands of letters', async () => {
  await using app = await startTestApp();
  const locale = `en-x-${'abcdefgh-'.repeat(1_000)}end`;
  expect(await app.query(SIGN_UP, { input: { ...wei, locale } })).toEqual({
    signUp: { __typename: 'InvalidInputError', field: 'locale' },
  });
});
