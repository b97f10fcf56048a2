import { Arg, Ctx, Resolver } from 'type-graphql';
import { build } from '../shared/build.ts';
import type { RequestContext } from '../shared/context.ts';
import { ResultMutation } from '../shared/mutation-result.ts';
import { toProfileFacts } from '../users/profile.type.ts';
import {
  LogInInputType,
  LogInResult,
  LogOutResult,
  SessionClosed,
  type SessionOpened,
  SignUpInputType,
  SignUpResult,
  toSessionOpened,
} from './access.type.ts';

@Resolver()
export class AccessResolver {
  @ResultMutation(SignUpResult, { description: 'Make an account and open a session.' })
  async signUp(
    @Arg('input', () => SignUpInputType, { description: 'The account.' }) input: SignUpInputType,
    @Ctx() { services, clientAddress }: RequestContext,
  ): Promise<SessionOpened> {
    const { email, password, displayName, locale } = input;
    const account = { email, password, displayName, locale, ...toProfileFacts(input) };
    return toSessionOpened(await services.access.signUp({ ...account, clientAddress }));
  }

  @ResultMutation(LogInResult, { description: 'Open a session.' })
  async logIn(
    @Arg('input', () => LogInInputType, { description: 'The credentials.' }) input: LogInInputType,
    @Ctx() { services, clientAddress }: RequestContext,
  ): Promise<SessionOpened> {
    return toSessionOpened(await services.access.logIn({ ...input, clientAddress }));
  }

  @ResultMutation(LogOutResult, { description: 'End the session that the request came with.' })
  async logOut(@Ctx() { services, actor }: RequestContext): Promise<SessionClosed> {
    return build(SessionClosed, { at: await services.access.logOut(actor) });
  }
}
