import { parseGlobalId } from '../../src/shared/global-id.ts';
import { invariant } from '../../src/shared/invariant.ts';
import type { RequestContext } from './context.ts';
import type { Node } from './node.type.ts';

/** Fetches one thing of a type under the rights of the one who asks; null when it is absent or not theirs to see. */
export type NodeFetch = (localId: string, context: RequestContext) => Promise<Node | null>;

const fetches = new Map<string, NodeFetch>();

/** Makes a type reachable by `node(id)`. Each type that implements Node calls it once, beside its resolver. */
export function registerNode(typeName: string, fetch: NodeFetch): void {
  invariant(!fetches.has(typeName), `The type ${typeName} is registered as a node twice`);
  fetches.set(typeName, fetch);
}

/** Names of the types that `node(id)` reaches. */
export function registeredNodes(): string[] {
  return [...fetches.keys()];
}

/** @throws InvalidInputError when the text is no identifier of ours */
export async function fetchNode(id: string, context: RequestContext): Promise<Node | null> {
  const { typeName, localId } = parseGlobalId(id);
  return (await fetches.get(typeName)?.(localId, context)) ?? null;
}
