export { MOVEMENT_KINDS, type MovementKind, MovementMatchSchema } from './movement-match.entity.ts';
export { getSettlementProfile, settlementProfiles } from './profiles/profiles.ts';
export { readSettlementFile } from './reading/read-settlement-file.ts';
export { recogniseProfile } from './reading/recognise-profile.ts';
export { SettlementFileError } from './reading/settlement-file.errors.ts';
export type * from './reading/settlement-line.ts';
export { LINE_KINDS } from './reading/settlement-line.ts';
export {
  type SettlementProfile,
  type SettlementProfileInput,
  settlementProfile,
} from './reading/settlement-profile.ts';
export {
  type ExceptionRow,
  type ExceptionStepRow,
  findRunsByIds,
  findStepsOfExceptions,
  type LineRow,
  type RunRow,
} from './reconciliation.queries.ts';
export { ReconciliationService } from './reconciliation.service.ts';
export {
  EXCEPTION_CLASSES,
  type ExceptionClass,
  ReconciliationExceptionSchema,
} from './reconciliation-exception.entity.ts';
export { ReconciliationExceptionService, type ResolutionAnswer } from './reconciliation-exception.service.ts';
export { EXCEPTION_STATES, type ExceptionState } from './reconciliation-exception.state.ts';
export { ReconciliationExceptionStepSchema } from './reconciliation-exception-step.entity.ts';
export { ReconciliationRunSchema } from './reconciliation-run.entity.ts';
export { RUN_STATES, type RunState } from './reconciliation-run.state.ts';
export type { ReportRow, ReportSum } from './run-report.ts';
export { LINE_STATES, type LineState, SettledLineSchema } from './settled-line.entity.ts';
export { SettlementFileChunkSchema } from './settlement-file-chunk.entity.ts';
