import { randomUUID } from 'node:crypto';
import { GraphQLObjectType, isInterfaceType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { createGraphqlSchema } from '../../../schema/build-schema.ts';
import { registeredNodes } from '../../../schema/shared/node.registry.ts';
import { globalId } from '../../../src/shared/global-id.ts';
import { startTestApp } from '../../support/test-app.ts';

const NODE = 'query ($id: ID!) { node(id: $id) { __typename id ... on User { email displayName } } }';
const wei = { email: 'wei@example.com', password: 'a long enough phrase', displayName: '韦', locale: 'zh-CN' };

describe('node(id)', () => {
  it('reaches every type that has an identifier', async () => {
    const schema = await createGraphqlSchema();
    const node = schema.getType('Node');
    const types = Object.values(schema.getTypeMap()).filter(
      (type) =>
        type instanceof GraphQLObjectType && type.getInterfaces().some((i) => isInterfaceType(node) && i === node),
    );
    expect(types.length).toBeGreaterThan(1);
    expect(registeredNodes().toSorted()).toEqual(types.map((type) => type.name).toSorted());
  });

  it('gives a person their own account, and nobody else anything', async () => {
    await using app = await startTestApp();
    const user = await app.services.users.signUp(wei);
    const other = await app.services.users.signUp({ ...wei, email: 'li@example.com' });
    const id = globalId('User', user.id);
    const own = await app.graphql(NODE, { id }, { token: await app.tokenOf(user.id) });
    expect(own.data).toEqual({ node: { __typename: 'User', id, email: wei.email, displayName: '韦' } });
    const others = await app.graphql(NODE, { id }, { token: await app.tokenOf(other.id) });
    const nobodys = await app.graphql(NODE, { id });
    expect([others, nobodys].map(({ data, errors }) => ({ data, errors }))).toEqual([
      { data: { node: null }, errors: [] },
      { data: { node: null }, errors: [] },
    ]);
  });

  it('has nothing for what does not exist and for types that it does not know, and refuses what is no id', async () => {
    await using app = await startTestApp();
    const nodeOf = async (id: string) => (await app.graphql(NODE, { id })).data;
    expect(await nodeOf(globalId('User', randomUUID()))).toEqual({ node: null });
    expect(await nodeOf(globalId('Session', randomUUID()))).toEqual({ node: null });
    for (const id of ['', 'x', '__proto__', Buffer.from("User:' or 1=1 --").toString('base64url')]) {
      const { errors } = await app.graphql(NODE, { id });
      expect(errors).toMatchObject([{ extensions: { code: 'INVALID_INPUT' } }]);
    }
  });
});
