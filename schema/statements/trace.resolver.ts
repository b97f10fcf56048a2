import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { present } from '../../src/shared/invariant.ts';
import { ContentType, toContent } from '../content/content.type.ts';
import { PartnerType, toPartner } from '../partners/partner.type.ts';
import type { RequestContext } from '../shared/context.ts';
import { TracedOrderType, TracedTouchpointType } from './trace.type.ts';

@Resolver(() => TracedOrderType)
export class TracedOrderResolver {
  @FieldResolver(() => ContentType, { description: 'What was sold.' })
  async content(@Root() order: TracedOrderType, @Ctx() { loaders }: RequestContext): Promise<ContentType> {
    return toContent(present(await loaders.contents.load(order.contentId), 'a content that was sold'));
  }
}

@Resolver(() => TracedTouchpointType)
export class TracedTouchpointResolver {
  @FieldResolver(() => PartnerType, { description: 'Through which partner.' })
  async partner(@Root() touch: TracedTouchpointType, @Ctx() { loaders }: RequestContext): Promise<PartnerType> {
    return toPartner(present(await loaders.partners.load(touch.partnerId), 'the partner of a contact'));
  }
}
