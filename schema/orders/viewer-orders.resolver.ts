import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { present } from '../../src/shared/invariant.ts';
import { instantCursor } from '../../src/shared/keyset.ts';
import { ContentType, toContent } from '../content/content.type.ts';
import { type Connection, PageArgs, toConnection } from '../shared/connection.ts';
import type { RequestContext } from '../shared/context.ts';
import { Viewer } from '../users/viewer.resolver.ts';
import {
  EntitlementConnection,
  EntitlementType,
  OrderConnection,
  type OrderType,
  toEntitlement,
  toOrder,
} from './order.type.ts';

@Resolver(() => Viewer)
export class ViewerOrdersResolver {
  @FieldResolver(() => OrderConnection, { description: "The viewer's orders, newest first." })
  async orders(
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<Connection<OrderType>> {
    return toConnection(await services.orders.listOwn(actor, page.toRequest()), {
      node: toOrder,
      cursor: (row) => instantCursor(row.placedAt, row.id),
    });
  }

  @FieldResolver(() => EntitlementConnection, { description: 'What the viewer has access to, latest first.' })
  async entitlements(
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<Connection<EntitlementType>> {
    return toConnection(await services.entitlements.listOwn(actor, page.toRequest()), {
      node: toEntitlement,
      cursor: (row) => instantCursor(row.grantedAt, row.id),
    });
  }
}

@Resolver(() => EntitlementType)
export class EntitlementResolver {
  @FieldResolver(() => ContentType, { description: 'The content, even when it left the shelf since.' })
  async content(@Root() entitlement: EntitlementType, @Ctx() { loaders }: RequestContext): Promise<ContentType> {
    return toContent(present(await loaders.contents.load(entitlement.contentId), 'the content of an entitlement'));
  }
}

@Resolver(() => ContentType)
export class ContentOwnershipResolver {
  @FieldResolver(() => Boolean, { description: 'Whether the viewer has access to it.' })
  owned(@Root() content: ContentType, @Ctx() { loaders }: RequestContext): Promise<boolean> {
    return loaders.contentOwned.load(content.localId);
  }
}
