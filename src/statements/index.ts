export {
  STATEMENT_FILE_FORMATS,
  type StatementFile,
  type StatementFileFormat,
} from './download-link.ts';
export { LineDisputeSchema } from './line-dispute.entity.ts';
export {
  disputeCursor,
  findDisputesOfLines,
  findStepsOfDisputes,
  type LineDisputeRow,
  type LineDisputeStepRow,
} from './line-dispute.queries.ts';
export { LineDisputeService } from './line-dispute.service.ts';
export { DISPUTE_STATES, type DisputeState } from './line-dispute.state.ts';
export { LineDisputeStepSchema } from './line-dispute-step.entity.ts';
export { findLineProofs, type LineProof } from './line-proof.ts';
export { type LineTrace, traceLines } from './line-trace.ts';
export type { StatementLineRow } from './open-lines.queries.ts';
export { PeriodClosingSchema } from './period-closing.entity.ts';
export { checkProof, type ProofVerdict } from './proof-check.ts';
export { StatementSchema } from './statement.entity.ts';
export { LineDisputedError, PeriodClosedError, PeriodNotOverError, PeriodOrderError } from './statement.errors.ts';
export type { StatementRow } from './statement.queries.ts';
export { StatementService } from './statement.service.ts';
export { statementAudit } from './statement-audit.ts';
export { type DownloadLink, type FiledStatement, StatementFileService } from './statement-file.service.ts';
export { headerRecord, lineRecord, STATEMENT_FORMAT } from './statement-leaf.ts';
export { StatementLineSchema } from './statement-line.entity.ts';
export {
  findStatementLines,
  LINE_ORDERS,
  type LineOrder,
  lineCursor,
} from './statement-line.queries.ts';
