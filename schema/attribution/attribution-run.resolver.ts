import { Arg, Args, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import type { AttributionModelName } from '../../src/attribution/index.ts';
import { localId } from '../../src/shared/global-id.ts';
import { present } from '../../src/shared/invariant.ts';
import { PartnerType, toPartner } from '../partners/partner.type.ts';
import { type Connection, PageArgs, toConnection } from '../shared/connection.ts';
import type { RequestContext } from '../shared/context.ts';
import { AttributionModelEnum, AttributionRunType, toAttributionRun } from './attribution.type.ts';
import { AttributionChangeType, AttributionRunConnection, toAttributionChanges } from './attribution-run.type.ts';

@Resolver(() => AttributionRunType)
export class AttributionRunResolver {
  @Query(() => AttributionRunConnection, {
    nullable: true,
    description:
      'The history of what a campaign earned by a model, the latest run first: late events, refunds, merged visitors and ' +
      'what MARKOV learns make new ones. For those who may see the campaign; absent when there is none.',
  })
  async attributionRuns(
    @Arg('campaignId', () => ID, { description: 'Identifier of the campaign.' }) campaignId: string,
    @Arg('model', () => AttributionModelEnum, { description: 'The model.' }) model: AttributionModelName,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<Connection<AttributionRunType> | null> {
    const request = page.toRequest();
    const rows = await services.attributionRuns.list(actor, {
      campaignId: localId('Campaign', campaignId),
      model,
      request,
    });
    return rows && toConnection(rows, { node: toAttributionRun, cursor: ({ number }) => [String(number)] });
  }

  @FieldResolver(() => [AttributionChangeType], {
    description: 'What changed by partner, channel and currency, the largest difference of value first.',
  })
  async changes(
    @Root() { runId }: AttributionRunType,
    @Arg('since', () => Int, {
      nullable: true,
      description:
        'Number of the run that it is compared with; the one before it when absent, nothing before the first.',
    })
    since: number | null,
    @Ctx() { loaders }: RequestContext,
  ): Promise<AttributionChangeType[]> {
    return toAttributionChanges(await loaders.runComparisons.load({ runId, since: since ?? null }));
  }
}

@Resolver(() => AttributionChangeType)
export class AttributionChangeResolver {
  @FieldResolver(() => PartnerType, { description: 'The partner.' })
  async partner(@Root() change: AttributionChangeType, @Ctx() { loaders }: RequestContext): Promise<PartnerType> {
    return toPartner(present(await loaders.partners.load(change.partnerId), 'the partner of a credit'));
  }
}
