import { describe, expect, it } from 'vitest';
import { startTestApp } from '../../support/test-app.ts';

describe('errors of the API', () => {
  it('carry the code and data of a failure that the domain names', async () => {
    await using app = await startTestApp();
    const { errors } = await app.graphql('{ node(id: "not-one-of-ours") { id } }');
    expect(errors).toMatchObject([{ extensions: { code: 'INVALID_INPUT', field: 'id' } }]);
    expect(errors[0]?.extensions?.requestId).toEqual(expect.any(String));
  });

  it('tell nothing but the id of the request when the database fails under a resolver', async () => {
    await using app = await startTestApp();
    const { signUp } = await app.query<{ signUp: { token: string } }>(SIGN_UP);
    await app.platform.database.pool.query('alter table outbox_messages rename column job to hidden_column');
    const id = Buffer.from('Job:00000000-0000-7000-8000-000000000000').toString('base64url');
    const answer = await app.graphql('query ($id: ID!) { job(id: $id) { id } }', { id }, { token: signUp.token });
    expect(answer.errors).toEqual([
      {
        message: 'Internal error',
        path: ['job'],
        locations: [expect.anything()],
        extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: expect.any(String) },
      },
    ]);
  });

  it('tell nothing either when the request cannot even be prepared', async () => {
    await using app = await startTestApp();
    await app.platform.database.pool.query('alter table sessions rename to hidden_table');
    const answer = await app.graphql('{ __typename }', {}, { token: 'a-token-of-sufficient-length' });
    expect(answer.status).toBe(500);
    expect(JSON.stringify(answer)).not.toMatch(/hidden|sessions|relation|stack|\.ts/);
    expect(answer.errors).toMatchObject([{ message: 'Internal error' }]);
  });

  it('point at a variable that does not fit, which the caller can mend', async () => {
    await using app = await startTestApp();
    const { errors } = await app.graphql('query ($id: ID!) { node(id: $id) { id } }', { id: { $ne: null } });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  });
});

const SIGN_UP = /* GraphQL */ `
  mutation {
    signUp(input: { email: "wei@example.com", password: "a long enough phrase", displayName: "韦" }) {
      ... on SessionOpened { token }
    }
  }`;
