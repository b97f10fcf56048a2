import type { MergeContext } from './importer.ts';

/** Asks for the search index to follow: it finds by itself what the import brought or changed. */
export function requestIndexing({ session, services, actor }: Pick<MergeContext, 'session' | 'services' | 'actor'>) {
  return services.outbox.enqueueOnce(session.em, { job: 'index-contents', payload: {}, requestedBy: actor });
}
