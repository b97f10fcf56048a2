import { Arg, Ctx, ID, Resolver } from 'type-graphql';
import { localId } from '../../src/shared/global-id.ts';
import { build } from '../shared/build.ts';
import type { RequestContext } from '../shared/context.ts';
import { ResultMutation } from '../shared/mutation-result.ts';
import {
  AddLicenceInputType,
  CreateContentInputType,
  ScreenContentInputType,
  toDraftChanges,
  UpdateContentInputType,
  WithdrawContentInputType,
} from './content.input.ts';
import {
  AddLicenceResult,
  AddLicenceSuccess,
  CreateContentResult,
  CreateContentSuccess,
  MoveContentResult,
  MoveContentSuccess,
  UpdateContentResult,
  UpdateContentSuccess,
} from './content.results.ts';
import { toContent, toLicence } from './content.type.ts';

@Resolver()
export class ContentMutationsResolver {
  @ResultMutation(CreateContentResult, { description: 'Begin a draft. Owners and managers of the partner.' })
  async createContent(
    @Arg('input', () => CreateContentInputType, { description: 'The draft.' }) input: CreateContentInputType,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<CreateContentSuccess> {
    const { domain, durationMinutes = null, minAge = null, ...draft } = input;
    const ids = { partnerId: localId('Partner', input.partnerId), domainCode: domain };
    const content = await services.contentSupply.create(actor, { ...draft, durationMinutes, minAge, ...ids });
    return build(CreateContentSuccess, { content: toContent(content) });
  }

  @ResultMutation(UpdateContentResult, { description: 'Change a draft, or rework a rejected content.' })
  async updateContent(
    @Arg('input', () => UpdateContentInputType, { description: 'What changes.' }) input: UpdateContentInputType,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<UpdateContentSuccess> {
    const contentId = localId('Content', input.contentId);
    const content = await services.contentSupply.update(actor, { ...toDraftChanges(input), contentId });
    return build(UpdateContentSuccess, { content: toContent(content) });
  }

  @ResultMutation(AddLicenceResult, { description: 'Add a right to offer a content.' })
  async addLicence(
    @Arg('input', () => AddLicenceInputType, { description: 'The right.' }) input: AddLicenceInputType,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<AddLicenceSuccess> {
    const { validUntil = null, ...licence } = input;
    const contentId = localId('Content', input.contentId);
    const row = await services.contentSupply.addLicence(actor, { ...licence, validUntil, contentId });
    return build(AddLicenceSuccess, { licence: toLicence(row) });
  }

  @ResultMutation(MoveContentResult, { description: 'Hand a draft in for screening.' })
  async submitContent(
    @Arg('contentId', () => ID, { description: 'The content.' }) contentId: string,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<MoveContentSuccess> {
    const content = await services.contentLifecycle.submit(actor, localId('Content', contentId));
    return build(MoveContentSuccess, { content: toContent(content) });
  }

  @ResultMutation(MoveContentResult, { description: 'Approve or reject what was submitted. Admins only.' })
  async screenContent(
    @Arg('input', () => ScreenContentInputType, { description: 'The verdict.' }) input: ScreenContentInputType,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<MoveContentSuccess> {
    const contentId = localId('Content', input.contentId);
    const content = await services.contentLifecycle.screen(actor, { ...input, contentId });
    return build(MoveContentSuccess, { content: toContent(content) });
  }

  @ResultMutation(MoveContentResult, { description: 'Put an approved content on the shelf, or a withdrawn one back.' })
  async publishContent(
    @Arg('contentId', () => ID, { description: 'The content.' }) contentId: string,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<MoveContentSuccess> {
    const content = await services.contentLifecycle.publish(actor, localId('Content', contentId));
    return build(MoveContentSuccess, { content: toContent(content) });
  }

  @ResultMutation(MoveContentResult, { description: 'Take a content off the shelf. Those who bought it keep it.' })
  async withdrawContent(
    @Arg('input', () => WithdrawContentInputType, { description: 'Which, and why.' }) input: WithdrawContentInputType,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<MoveContentSuccess> {
    const contentId = localId('Content', input.contentId);
    const content = await services.contentLifecycle.withdraw(actor, { ...input, contentId });
    return build(MoveContentSuccess, { content: toContent(content) });
  }
}
