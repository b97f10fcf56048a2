import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { hasRole } from '../../src/shared/actor.ts';
import { localId } from '../../src/shared/global-id.ts';
import type { RequestContext } from '../shared/context.ts';
import { registerNode } from '../shared/node.registry.ts';
import { JobType, toJob } from './job.type.ts';

@Resolver()
export class JobResolver {
  @Query(() => JobType, {
    nullable: true,
    description: 'A job that you asked for; admins see every one. Absent when there is none such.',
  })
  job(
    @Arg('id', () => ID, { description: 'Identifier of the job.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<JobType | null> {
    return fetchJob(localId('Job', id), context);
  }
}

registerNode('Job', fetchJob);

async function fetchJob(id: string, { actor, services }: RequestContext): Promise<JobType | null> {
  const row = await services.outbox.findJob(actor, id);
  return row && toJob(row, { seesInternals: hasRole(actor, 'ADMIN') });
}
