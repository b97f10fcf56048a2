import { findRunsByIds, findStepsOfExceptions } from '../../src/reconciliation/index.ts';
import { type LoaderScope, loaderById, loaderOfGroups } from '../shared/loader.ts';

/** Whoever holds an exception has been let see it, and its run with it. */
export function createReconciliationLoaders({ platform: { database } }: LoaderScope) {
  return {
    reconciliationRuns: loaderById((ids) => findRunsByIds(database, ids)),
    reconciliationExceptionSteps: loaderOfGroups(
      (ids) => findStepsOfExceptions(database, ids),
      (row) => row.exceptionId,
    ),
  };
}
