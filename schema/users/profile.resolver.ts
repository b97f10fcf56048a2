import { Arg, Ctx, FieldResolver, Resolver } from 'type-graphql';
import { build } from '../shared/build.ts';
import type { RequestContext } from '../shared/context.ts';
import { ResultMutation } from '../shared/mutation-result.ts';
import {
  ProfileType,
  toProfile,
  toProfileChanges,
  UpdateProfileInputType,
  UpdateProfileResult,
  UpdateProfileSuccess,
} from './profile.type.ts';
import { toUser } from './user.type.ts';
import { Viewer } from './viewer.resolver.ts';

@Resolver(() => Viewer)
export class ProfileResolver {
  @FieldResolver(() => ProfileType, { description: 'What the viewer told of themselves.' })
  async profile(@Ctx() { services, actor }: RequestContext): Promise<ProfileType> {
    return toProfile(await services.users.findOwnProfile(actor));
  }

  @ResultMutation(UpdateProfileResult, {
    description: 'Change what the viewer tells of themselves, with effect on the next request.',
  })
  async updateProfile(
    @Arg('input', () => UpdateProfileInputType, { description: 'What changes.' }) input: UpdateProfileInputType,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<UpdateProfileSuccess> {
    const { user, profile } = await services.users.updateProfile(actor, toProfileChanges(input));
    return build(UpdateProfileSuccess, { user: toUser(user), profile: toProfile(profile) });
  }
}
