import type { JobHandler } from './job-handler.ts';

/** Brings search, and what feeds know of contents that no model knows yet, in step with the contents named, or with all. */
export const indexContents: JobHandler<'index-contents'> = async ({ contentIds = null }, { services, logger }) => {
  const indexed = await services.searchIndex.index(contentIds);
  const placed = await services.textPlacement.place(contentIds);
  logger.info({ indexed, placed }, 'indexed contents by their texts');
};
