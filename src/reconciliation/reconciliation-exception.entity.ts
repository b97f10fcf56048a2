import { defineEntity, p } from '@mikro-orm/core';
import { currencyCode, minorUnits, timestamp } from '../platform/columns.ts';
import { assertTransition } from '../shared/lifecycle.ts';
import { MOVEMENT_KINDS } from './movement-match.entity.ts';
import { EXCEPTION_STATES, type ExceptionState, exceptionLifecycle } from './reconciliation-exception.state.ts';
import { ReconciliationRun } from './reconciliation-run.entity.ts';

export const EXCEPTION_CLASSES = [
  'MISSING_IN_LEDGER',
  'MISSING_IN_FILE',
  'AMOUNT_DIFFERS',
  'FEE_DIFFERS',
  'CURRENCY_DIFFERS',
  'DUPLICATE_LINE',
  'WRONG_PERIOD',
  'PAYOUT_TOTAL_DIFFERS',
  'UNREADABLE_LINE',
] as const;
export type ExceptionClass = (typeof EXCEPTION_CLASSES)[number];

export const ReconciliationExceptionSchema = defineEntity({
  name: 'ReconciliationException',
  tableName: 'reconciliation_exceptions',
  indexes: [
    { properties: ['runId', 'id'] },
    { properties: ['state', 'id'] },
    { properties: ['movementKind', 'movementId'] },
  ],
  properties: {
    id: p.uuid().primary(),
    runId: () => p.manyToOne(ReconciliationRun).mapToPk().name('run_id'),
    class: p.enum(EXCEPTION_CLASSES),
    state: p.enum(EXCEPTION_STATES),
    /** The first line that it is about; absent where the file has none. */
    lineNumber: p.integer().nullable(),
    movementKind: p.enum(MOVEMENT_KINDS).nullable(),
    movementId: p.uuid().nullable(),
    /** Name by which people know what it is about: a payment, a payout, a line. */
    reference: p.text().nullable(),
    currency: currencyCode().nullable(),
    /** What our books, or the other lines, say; null where no amount is in question. */
    expectedMinor: minorUnits().nullable(),
    /** What the file says. */
    actualMinor: minorUnits().nullable(),
    reason: p.text(),
    assigneeId: p.uuid().nullable(),
    /** The entry that settled it, while it is resolved. */
    ledgerTransactionId: p.uuid().nullable(),
    raisedAt: timestamp(),
  },
});

/** Something in which a settlement file and our books differ. */
export class ReconciliationException extends ReconciliationExceptionSchema.class {
  /** @throws IllegalTransitionError when the lifecycle has no such step */
  moveTo(state: ExceptionState): void {
    assertTransition('reconciliation exception', exceptionLifecycle, { from: this.state, to: state });
    this.state = state;
  }
}
ReconciliationExceptionSchema.setClass(ReconciliationException);
