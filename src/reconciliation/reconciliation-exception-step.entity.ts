import { defineEntity, p } from '@mikro-orm/core';
import { minorUnits, timestamp } from '../platform/columns.ts';
import { ReconciliationException } from './reconciliation-exception.entity.ts';
import { EXCEPTION_STATES } from './reconciliation-exception.state.ts';

export const ReconciliationExceptionStepSchema = defineEntity({
  name: 'ReconciliationExceptionStep',
  tableName: 'reconciliation_exception_steps',
  properties: {
    id: p.uuid().primary(),
    exceptionId: () => p.manyToOne(ReconciliationException).mapToPk().name('exception_id').index(),
    fromState: p.enum(EXCEPTION_STATES).nullable(),
    toState: p.enum(EXCEPTION_STATES),
    by: p.text(),
    reason: p.text(),
    at: timestamp(),
    /** Posted by this step, debit of the provider's clearing positive. */
    amountMinor: minorUnits().nullable(),
    ledgerTransactionId: p.uuid().nullable(),
    idempotencyKey: p.text().nullable().unique(),
  },
});

/** One step of an exception: who, when, why, and what was posted. Never changed. */
export class ReconciliationExceptionStep extends ReconciliationExceptionStepSchema.class {}
ReconciliationExceptionStepSchema.setClass(ReconciliationExceptionStep);
