import { GraphQLError, GraphQLScalarType, type ValueNode } from 'graphql';
import { GraphQLDateTimeISO } from 'graphql-scalars';
import { isStorableInstant } from '../../src/shared/storable.ts';

const standard = GraphQLDateTimeISO.toConfig();

/** The usual scalar of instants, bounded to those that can be stored and written back. */
export const DateTimeISO = new GraphQLScalarType<Date, string>({
  ...standard,
  parseValue: (value) => bounded(standard.parseValue(value)),
  parseLiteral: (node: ValueNode, variables) => bounded(standard.parseLiteral(node, variables)),
});

function bounded(at: Date): Date {
  if (isStorableInstant(at)) return at;
  throw new GraphQLError('DateTimeISO must be of the years from 0001 to 9999, in UTC.');
}
