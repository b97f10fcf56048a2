import { Arg, Args, Ctx, Int, Query, Resolver } from 'type-graphql';
import { MAX_MARKOV_ORDER } from '../../src/attribution/index.ts';
import { type Connection, PageArgs, toConnection } from '../shared/connection.ts';
import type { RequestContext } from '../shared/context.ts';
import { ResultMutation } from '../shared/mutation-result.ts';
import {
  type LearningRequested,
  LearnRemovalEffectsResult,
  RemovalEffectVersionConnection,
  type RemovalEffectVersionType,
  toEffectVersion,
  toLearningRequested,
} from './removal-effect.type.ts';

@Resolver()
export class RemovalEffectResolver {
  @Query(() => RemovalEffectVersionConnection, {
    description: 'What MARKOV learnt, the latest first. For finance staff and admins.',
  })
  async removalEffectVersions(
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<Connection<RemovalEffectVersionType>> {
    const rows = await services.removalEffects.list(actor, page.toRequest());
    return toConnection(rows, { node: toEffectVersion, cursor: ({ number }) => [String(number)] });
  }

  @ResultMutation(LearnRemovalEffectsResult, {
    description:
      'Learn what MARKOV shares by anew from the journeys of everybody, and share every campaign by it. It is done daily ' +
      'by itself. For admins.',
  })
  async learnRemovalEffects(
    @Arg('order', () => Int, {
      nullable: true,
      description: `How many touchpoints in a row are a state of the chain, from 1 to ${MAX_MARKOV_ORDER}, from now on; as before when absent.`,
    })
    order: number | null,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<LearningRequested> {
    return toLearningRequested(await services.removalEffects.request(actor, { order: order ?? null }));
  }
}
