import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import type { RequestContext } from './context.ts';
import { fetchNode } from './node.registry.ts';
import { Node } from './node.type.ts';

@Resolver()
export class NodeResolver {
  @Query(() => Node, {
    nullable: true,
    description: 'Anything by its identifier. Absent when there is no such thing, or it is not yours to see.',
  })
  node(
    @Arg('id', () => ID, { description: 'Identifier from an earlier answer.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<Node | null> {
    return fetchNode(id, context);
  }
}
