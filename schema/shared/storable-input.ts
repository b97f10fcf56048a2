import { type ASTVisitor, GraphQLError, type StringValueNode, type ValidationRule } from 'graphql';
import { isStorableText } from '../../src/shared/storable.ts';

/** A validation rule that refuses texts in a document that no database can keep. */
export const storableLiteralsRule: ValidationRule = (context) => {
  const check = (node: StringValueNode) => {
    if (!isStorableText(node.value)) context.reportError(refusal('query', { nodes: node }));
  };
  return { StringValue: check } satisfies ASTVisitor;
};

/**
 * Refuses texts in variables that no database can keep. Here and not in each service, since a field that forgot it
 * would fail like a fault of ours. Walks without recursion: variables are as deep as the caller likes.
 *
 * @throws GraphQLError with the path of the first such text
 */
export function assertStorableVariables(variables: Readonly<Record<string, unknown>>): void {
  const open: { path: string; value: unknown }[] = [{ path: '', value: variables }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { path, value } = next;
    if (typeof value === 'string' && !isStorableText(value)) throw refusal(path, { http: { status: 400 } });
    if (typeof value !== 'object' || value === null) continue;
    for (const [name, inner] of Object.entries(value)) {
      if (typeof inner !== 'number') open.push({ path: path === '' ? name : `${path}.${name}`, value: inner });
    }
  }
}

function refusal(field: string, place: { nodes?: StringValueNode; http?: { status: number } }): GraphQLError {
  const { nodes, http } = place;
  return new GraphQLError(`"${field}" holds a NUL or half a character, which no text can.`, {
    ...(nodes && { nodes }),
    extensions: { code: 'INVALID_INPUT', field, ...(http && { http }) },
  });
}
