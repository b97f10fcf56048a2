import {
  findDisputesOfLines,
  findLineProofs,
  findStatementLines,
  findStepsOfDisputes,
  traceLines,
} from '../../src/statements/index.ts';
import { type LoaderScope, loaderById, loaderOfGroups } from '../shared/loader.ts';

/** Whoever holds a line has been let see its statement. */
export function createStatementLoaders({ platform: { database }, actor }: LoaderScope) {
  return {
    statementLines: loaderById((lineIds) => findStatementLines(database, lineIds)),
    lineTraces: loaderById((lineIds) => traceLines(database, actor, lineIds)),
    lineProofs: loaderById((lineIds) => findLineProofs(database, lineIds)),
    lineDisputes: loaderOfGroups(
      (lineIds) => findDisputesOfLines(database, lineIds),
      ({ postingId }) => postingId,
    ),
    disputeSteps: loaderOfGroups(
      (disputeIds) => findStepsOfDisputes(database, disputeIds),
      ({ disputeId }) => disputeId,
    ),
  };
}
