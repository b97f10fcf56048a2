import { registerEnumType } from 'type-graphql';
import {
  EXCEPTION_CLASSES,
  EXCEPTION_STATES,
  LINE_KINDS,
  LINE_STATES,
  MOVEMENT_KINDS,
  RUN_STATES,
} from '../../src/reconciliation/index.ts';
import { enumOf } from '../shared/enum.ts';

export const ReconciliationRunStateEnum = enumOf(RUN_STATES);
registerEnumType(ReconciliationRunStateEnum, {
  name: 'ReconciliationRunState',
  description: 'UPLOADED: waits to be read. FAILED: the file cannot be read as its profile says; nothing of it counts.',
});

export const SettlementLineKindEnum = enumOf(LINE_KINDS);
registerEnumType(SettlementLineKindEnum, { name: 'SettlementLineKind', description: 'What a line is about.' });

export const SettlementLineStateEnum = enumOf(LINE_STATES);
registerEnumType(SettlementLineStateEnum, {
  name: 'SettlementLineState',
  description:
    'MATCHED: it is one of our movements, or a part of one. UNMATCHED: it should be, and is not. REPEATED: it stands ' +
    'elsewhere already. OTHER: fees, payouts and what else is no movement of ours.',
});

export const MovementKindEnum = enumOf(MOVEMENT_KINDS);
registerEnumType(MovementKindEnum, {
  name: 'MovementKind',
  description: 'What moves money between a payment provider and us.',
});

export const ReconciliationExceptionClassEnum = enumOf(EXCEPTION_CLASSES);
registerEnumType(ReconciliationExceptionClassEnum, {
  name: 'ReconciliationExceptionClass',
  description: 'In what a settlement file and our books differ, or a file with itself.',
});

export const ReconciliationExceptionStateEnum = enumOf(EXCEPTION_STATES);
registerEnumType(ReconciliationExceptionStateEnum, {
  name: 'ReconciliationExceptionState',
  description:
    'RESOLVED: an entry was posted for it. ACCEPTED: it stays as it is, for a reason. SETTLED: a later file brought ' +
    'what was missing.',
});
