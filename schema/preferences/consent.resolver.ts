import { Arg, Args, Ctx, FieldResolver, Resolver } from 'type-graphql';
import type { ConsentPurpose } from '../../src/preferences/index.ts';
import { instantCursor } from '../../src/shared/keyset.ts';
import { build } from '../shared/build.ts';
import { type Connection, PageArgs, toConnection } from '../shared/connection.ts';
import type { RequestContext } from '../shared/context.ts';
import { ResultMutation } from '../shared/mutation-result.ts';
import { Viewer } from '../users/viewer.resolver.ts';
import {
  ConsentChoiceConnection,
  type ConsentChoiceType,
  ConsentPurposeEnum,
  ConsentType,
  SetConsentResult,
  SetConsentSuccess,
  toConsent,
  toConsentChoice,
} from './consent.type.ts';

@Resolver(() => Viewer)
export class ConsentResolver {
  @FieldResolver(() => [ConsentType], { description: 'How the viewer stands to each purpose.' })
  async consents(@Ctx() { services, actor }: RequestContext): Promise<ConsentType[]> {
    return (await services.consents.listOwn(actor)).map(toConsent);
  }

  @FieldResolver(() => ConsentChoiceConnection, { description: 'Every choice of the viewer, newest first.' })
  async consentHistory(
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<Connection<ConsentChoiceType>> {
    return toConnection(await services.consents.historyOfOwn(actor, page.toRequest()), {
      node: toConsentChoice,
      cursor: (row) => instantCursor(row.chosenAt, row.id),
    });
  }

  @ResultMutation(SetConsentResult, {
    description: 'Allow a purpose, or object to it, with effect on the next request. The same again changes nothing.',
  })
  async setConsent(
    @Arg('purpose', () => ConsentPurposeEnum, { description: 'The purpose.' }) purpose: ConsentPurpose,
    @Arg('granted', () => Boolean, { description: 'Whether the viewer allows it.' }) granted: boolean,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<SetConsentSuccess> {
    return build(SetConsentSuccess, {
      consent: toConsent(await services.consents.choose(actor, { purpose, granted })),
    });
  }
}
