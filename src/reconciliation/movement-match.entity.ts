import { defineEntity, p } from '@mikro-orm/core';
import { timestamp } from '../platform/columns.ts';
import { ReconciliationRun } from './reconciliation-run.entity.ts';

/** What moves money between a provider and us, on our side of the story. */
export const MOVEMENT_KINDS = ['PAYMENT', 'REFUND', 'CHARGEBACK', 'CHARGEBACK_REVERSAL'] as const;
export type MovementKind = (typeof MOVEMENT_KINDS)[number];

/** How lines and movements were found to be the same, the surest first. */
export const MATCH_RULES = [
  'PROVIDER_REFERENCE',
  'MERCHANT_REFERENCE',
  'MANY_LINES',
  'MANY_MOVEMENTS',
  'AMOUNT_AND_DATE',
] as const;

export const MovementMatchSchema = defineEntity({
  name: 'MovementMatch',
  tableName: 'movement_matches',
  indexes: [{ properties: ['runId', 'matchId'] }],
  properties: {
    /** With the id: each movement is matched once over all runs. */
    kind: p.enum(MOVEMENT_KINDS).primary(),
    /** Of the payment, refund or chargeback. */
    movementId: p.uuid().primary(),
    matchId: p.uuid(),
    runId: () => p.manyToOne(ReconciliationRun).mapToPk().name('run_id'),
    rule: p.enum(MATCH_RULES),
    matchedAt: timestamp(),
  },
});

/** One of our movements, found in a settlement file. */
export class MovementMatch extends MovementMatchSchema.class {}
MovementMatchSchema.setClass(MovementMatch);
