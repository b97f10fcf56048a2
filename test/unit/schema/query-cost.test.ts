import { buildSchema, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { assertAffordable, costOf } from '../../../schema/shared/query-cost.ts';

const schema = buildSchema(`
  type Query { shop: Shop, shops(first: Int! = 20): ShopConnection!, tags: [String!]!, any: Node }
  interface Node { id: ID! }
  type ShopConnection { edges: [ShopEdge!]!, pageInfo: PageInfo! }
  type ShopEdge { cursor: String!, node: Shop! }
  type PageInfo { endCursor: String }
  type Shop implements Node { id: ID!, name: String!, owner: Owner!, goods(first: Int! = 20): GoodConnection!, doors: [Door!]! }
  type GoodConnection { edges: [GoodEdge!]! }
  type GoodEdge { node: Good! }
  type Good implements Node { id: ID! }
  type Owner { name: String! }
  type Door { width: Int! }
`);

function cost(query: string, variables: Record<string, unknown> = {}): number {
  return costOf({ schema, document: parse(query), variables, operationName: undefined });
}

describe('the cost of an operation', () => {
  it('is one for each object, and nothing for plain values', () => {
    expect(cost('{ tags }')).toBe(0);
    expect(cost('{ shop { id name } }')).toBe(1);
    expect(cost('{ shop { owner { name } } }')).toBe(2);
  });

  it('multiplies by the length of the page that is asked for', () => {
    // A page of 20: the connection, an edge and a node, 20 times.
    expect(cost('{ shops(first: 20) { edges { node { id } } } }')).toBe(60);
    expect(cost('{ shops { edges { node { id } } } }')).toBe(60);
    expect(cost('query ($n: Int!) { shops(first: $n) { edges { cursor } } }', { n: 7 })).toBe(14);
  });

  it('multiplies pages within pages', () => {
    const goods = 'goods(first: 10) { edges { node { id } } }';
    expect(cost(`{ shops(first: 5) { edges { node { ${goods} } } } }`)).toBe(5 * (1 + 1 + 1 + 10 * 3));
  });

  it('assumes ten in a list that does not say', () => {
    expect(cost('{ shop { doors { width } } }')).toBe(1 + 10);
  });

  it('counts the same however the fields are spread', () => {
    const spread = '{ ...a } fragment a on Query { shop { ...b } } fragment b on Shop { owner { name } }';
    expect(cost(spread)).toBe(2);
    expect(cost('{ any { ... on Shop { owner { name } } ... on Good { id } } }')).toBe(2);
  });

  it('counts only what is asked for by the directives', () => {
    const query = 'query ($deep: Boolean!) { shop { owner @include(if: $deep) { name } } }';
    expect(cost(query, { deep: true })).toBe(2);
    expect(cost(query, { deep: false })).toBe(1);
  });

  it('is that of the operation which is run', () => {
    const document = parse('query small { shop { id } } query large { shops(first: 100) { edges { cursor } } }');
    expect(costOf({ schema, document, variables: {}, operationName: 'small' })).toBe(1);
  });

  it('is free for introspection, which has limits of its own', () => {
    expect(cost('{ __schema { types { fields { type { ofType { name } } } } } }')).toBe(0);
  });
});

describe('an operation that costs too much', () => {
  it('is refused with both numbers, exactly above the limit', () => {
    const operation = { schema, document: parse('{ shops(first: 20) { edges { cursor } } }'), variables: {} };
    expect(() => assertAffordable({ ...operation, operationName: undefined }, 40)).not.toThrow();
    expect(() => assertAffordable({ ...operation, operationName: undefined }, 39)).toThrow('costs 40, and at most 39');
  });

  it('is refused when fragments multiply beyond measure', () => {
    const doubling = Array.from({ length: 20 }, (_, n) => `fragment f${n} on Shop { ...f${n + 1} ...f${n + 1} }`);
    const bomb = `{ shop { ...f0 } } ${doubling.join(' ')} fragment f20 on Shop { owner { name } }`;
    expect(() => cost(bomb)).toThrow('maximum allowed number of nodes');
  });

  it('is refused when a variable is missing, and not taken for free', () => {
    expect(() => cost('query ($n: Int!) { shops(first: $n) { edges { cursor } } }')).toThrow('$n');
  });
});
