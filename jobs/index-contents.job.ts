import type { JobHandler } from './job-handler.ts';

/** Brings the search index in step with the contents named, or with all. */
export const indexContents: JobHandler<'index-contents'> = async ({ contentIds }, { services, logger }) => {
  logger.info({ contents: await services.searchIndex.index(contentIds ?? null) }, 'indexed contents for search');
};
