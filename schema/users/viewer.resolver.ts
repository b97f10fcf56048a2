import { Ctx, Field, FieldResolver, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { mayReadPerson, requireUser } from '../../src/shared/actor.ts';
import { present } from '../../src/shared/invariant.ts';
import { build } from '../shared/build.ts';
import type { RequestContext } from '../shared/context.ts';
import { registerNode } from '../shared/node.registry.ts';
import { toUser, UserType } from './user.type.ts';

@ObjectType('Viewer', { description: 'The person who asks, and what is theirs alone.' })
export class Viewer {
  /** Not part of the API. */
  readonly userId: string;

  @Field(() => UserType, { description: 'The account.' })
  readonly user?: UserType;
}

@Resolver(() => Viewer)
export class ViewerResolver {
  @Query(() => Viewer, { nullable: true, description: 'The person whose session it is; absent without one.' })
  viewer(@Ctx() { actor }: RequestContext): Viewer | null {
    return actor.kind === 'USER' ? build(Viewer, { userId: actor.userId }) : null;
  }

  @FieldResolver(() => UserType)
  async user(@Root() viewer: Viewer, @Ctx() { loaders, actor }: RequestContext): Promise<UserType> {
    requireUser(actor);
    return toUser(present(await loaders.users.load(viewer.userId), 'the user of a live session'));
  }
}

registerNode('User', async (userId, { actor, loaders }) => {
  const row = mayReadPerson(actor, userId) ? await loaders.users.load(userId) : null;
  return row && toUser(row);
});
