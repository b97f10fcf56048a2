import { traceShares } from '../../src/allocations/index.ts';
import { type LoaderScope, loaderById } from '../shared/loader.ts';

/** Whoever holds a line has been let see its statement. */
export function createStatementLoaders({ platform: { database }, actor }: LoaderScope) {
  return { shareTraces: loaderById((shareIds) => traceShares(database, actor, shareIds)) };
}
