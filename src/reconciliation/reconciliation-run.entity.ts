import { defineEntity, p } from '@mikro-orm/core';
import { timestamp } from '../platform/columns.ts';
import { assertTransition } from '../shared/lifecycle.ts';
import { RUN_STATES, type RunState, runLifecycle } from './reconciliation-run.state.ts';
import type { RunReport } from './run-report.ts';

export const ReconciliationRunSchema = defineEntity({
  name: 'ReconciliationRun',
  tableName: 'reconciliation_runs',
  uniques: [{ properties: ['provider', 'profile', 'sha256'] }],
  indexes: [{ properties: ['uploadedAt', 'id'] }],
  properties: {
    id: p.uuid().primary(),
    /** How the file is written. */
    profile: p.text(),
    /** Whose payments it is matched with. */
    provider: p.text(),
    fileName: p.text(),
    /** Of the bytes as they came: the same file is the same run. */
    sha256: p.text(),
    sizeBytes: p.bigint('number'),
    state: p.enum(RUN_STATES),
    /** Why the file cannot be read, with the line where there is one. */
    failure: p.text().nullable(),
    uploadedBy: p.text(),
    uploadedAt: timestamp(),
    finishedAt: timestamp().nullable(),
    /** First and last instant of the file's lines: what of ours lies between them should be in the file. */
    firstAt: timestamp().nullable(),
    lastAt: timestamp().nullable(),
    /** The time that the file is about, as whoever brought it says; that of its lines when absent. */
    periodFrom: timestamp().nullable(),
    periodUntil: timestamp().nullable(),
    report: p.json<RunReport>().nullable(),
  },
});

/** One settlement file and what matching it with our payments brought. */
export class ReconciliationRun extends ReconciliationRunSchema.class {
  /** @throws IllegalTransitionError when the file was dealt with already */
  moveTo(state: RunState, at: Date): void {
    assertTransition('reconciliation run', runLifecycle, { from: this.state, to: state });
    this.state = state;
    this.finishedAt = at;
  }
}
ReconciliationRunSchema.setClass(ReconciliationRun);
