import type { JobName } from '../src/outbox/index.ts';
import type { JobHandler } from './job-handler.ts';

/** The handler of every job, by its name. */
export const handlers: { readonly [Name in JobName]?: JobHandler<Name> } = {};
