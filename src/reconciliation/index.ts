export { MovementMatchSchema } from './movement-match.entity.ts';
export { getSettlementProfile, settlementProfiles } from './profiles/profiles.ts';
export { readSettlementFile, type SettlementFile } from './reading/read-settlement-file.ts';
export { recogniseProfile } from './reading/recognise-profile.ts';
export { SettlementFileError, UnknownProfileError } from './reading/settlement-file.errors.ts';
export type * from './reading/settlement-line.ts';
export { LINE_KINDS } from './reading/settlement-line.ts';
export {
  type SettlementProfile,
  type SettlementProfileInput,
  settlementProfile,
} from './reading/settlement-profile.ts';
export {
  type ExceptionFilter,
  type ExceptionRow,
  type ExceptionStepRow,
  findExceptionPage,
  findLinePage,
  findRunsByIds,
  findStepsOfExceptions,
  type LineRow,
  type RunRow,
} from './reconciliation.queries.ts';
export { ReconciliationService } from './reconciliation.service.ts';
export { ReconciliationExceptionSchema } from './reconciliation-exception.entity.ts';
export { ReconciliationExceptionStepSchema } from './reconciliation-exception-step.entity.ts';
export { ReconciliationRunSchema } from './reconciliation-run.entity.ts';
export { SettledLineSchema } from './settled-line.entity.ts';
export { SettlementFileChunkSchema } from './settlement-file-chunk.entity.ts';
