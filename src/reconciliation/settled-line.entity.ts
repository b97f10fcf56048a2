import { defineEntity, p } from '@mikro-orm/core';
import { currencyCode, minorUnits, timestamp } from '../platform/columns.ts';
import { LINE_KINDS } from './reading/settlement-line.ts';
import { ReconciliationRun } from './reconciliation-run.entity.ts';

/**
 * MATCHED: it is one of our movements, or a part of one. UNMATCHED: it should be, and is not. REPEATED: it stands
 * elsewhere already, in this file or in an earlier one. OTHER: fees, payouts and what else is no movement of ours.
 */
export const LINE_STATES = ['MATCHED', 'UNMATCHED', 'REPEATED', 'OTHER'] as const;
export type LineState = (typeof LINE_STATES)[number];

export const SettledLineSchema = defineEntity({
  name: 'SettledLine',
  tableName: 'settlement_lines',
  indexes: [{ properties: ['provider', 'identity'] }, { properties: ['matchId'] }],
  properties: {
    runId: () =>
      p.manyToOne(ReconciliationRun).mapToPk().name('run_id').deleteRule('no action').updateRule('no action').primary(),
    /** Line of the file, from 1. */
    lineNumber: p.integer().primary(),
    provider: p.text(),
    kind: p.enum(LINE_KINDS),
    providerType: p.text(),
    /** What makes it the same line in another file: the provider's own name of it, or a digest of its text. */
    identity: p.text(),
    providerReference: p.text().nullable(),
    merchantReference: p.text().nullable(),
    originalReference: p.text().nullable(),
    originalMerchantReference: p.text().nullable(),
    otherReferences: p.array(),
    currency: currencyCode(),
    /** Signed as our balance with the provider sees it. */
    grossMinor: minorUnits(),
    feeMinor: minorUnits(),
    netMinor: minorUnits(),
    /** Currency of fee and net, when it is another one. */
    settlementCurrency: currencyCode().nullable(),
    occurredAt: timestamp().nullable(),
    /** The provider's name of the payout that settles it. */
    batch: p.text().nullable(),
    /** Cells of columns that the profile does not know. */
    rest: p.json<Readonly<Record<string, string>>>(),
    state: p.enum(LINE_STATES),
    /** Lines and movements of one match have the same. */
    matchId: p.uuid().nullable(),
  },
});

/** A line of a settlement file as it was read. */
export class SettledLine extends SettledLineSchema.class {}
SettledLineSchema.setClass(SettledLine);
