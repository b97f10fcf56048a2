import {
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
} from 'graphql';

/** The operations are the API: there is nothing to say about them as types. */
const NEEDS_NONE = ['Query', 'Mutation', 'Subscription'];

/** Types, fields, arguments and input fields that say nothing about themselves, as `Type.field(argument)`. */
export function undescribedIn(schema: GraphQLSchema): string[] {
  const types = Object.values(schema.getTypeMap()).filter(
    (type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type),
  );
  return types.flatMap((type) => [
    ...(isBare(type) && !NEEDS_NONE.includes(type.name) ? [type.name] : []),
    ...barePartsOf(type),
  ]);
}

function barePartsOf(type: GraphQLNamedType): string[] {
  if (isObjectType(type) || isInterfaceType(type)) {
    return Object.values(type.getFields()).flatMap((field) => bareIn(type.name, field));
  }
  if (isInputObjectType(type)) {
    const bare = Object.values(type.getFields()).filter(isBare);
    return bare.map((field) => `${type.name}.${field.name}`);
  }
  return [];
}

function bareIn(typeName: string, field: GraphQLField<unknown, unknown>): string[] {
  const path = `${typeName}.${field.name}`;
  const bareArguments = field.args.filter(isBare).map((argument) => `${path}(${argument.name})`);
  return isBare(field) ? [path, ...bareArguments] : bareArguments;
}

function isBare({ description }: { description?: string | null | undefined }): boolean {
  return (description ?? '').trim() === '';
}
