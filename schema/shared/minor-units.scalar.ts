import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';

const INTEGER = /^-?(0|[1-9]\d{0,17})$/;

/** Integer minor units as a string, since JSON numbers lose cents past 2^53. */
export const MinorUnits = new GraphQLScalarType<bigint, string>({
  name: 'MinorUnits',
  description: 'A whole number of minor units of a currency (cents, fen), as a string: "1999". At most 18 digits.',
  serialize: (value) => {
    if (typeof value !== 'bigint') throw new GraphQLError('MinorUnits carries whole numbers only.');
    return value.toString();
  },
  parseValue: parse,
  parseLiteral: (node) => parse(node.kind === Kind.STRING || node.kind === Kind.INT ? node.value : null),
});

function parse(value: unknown): bigint {
  if (typeof value !== 'string' || !INTEGER.test(value)) {
    throw new GraphQLError('MinorUnits must be a string such as "1999": a whole number of at most 18 digits.');
  }
  return BigInt(value);
}
