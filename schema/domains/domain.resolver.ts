import { Ctx, Query, Resolver } from 'type-graphql';
import type { RequestContext } from '../shared/context.ts';
import { DomainType, toDomain } from './domain.type.ts';

@Resolver()
export class DomainResolver {
  @Query(() => [DomainType], { description: 'Every subject area, by code.' })
  async domains(@Ctx() { services }: RequestContext): Promise<DomainType[]> {
    return (await services.domains.list()).map(toDomain);
  }
}
