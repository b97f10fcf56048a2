import { defineEntity, p } from '@mikro-orm/core';
import { Posting } from '../ledger/index.ts';
import { Partner } from '../partners/index.ts';
import { currencyCode, minorUnits, timestamp } from '../platform/columns.ts';

/**
 * SALE, REFUND, CHARGEBACK, CHARGEBACK_REVERSAL: a share of what a buyer paid, and its way back.
 * REALLOCATION: the difference that another version or another attribution makes to a share.
 * ADVANCE: money paid ahead of sales. GUARANTEE: what was missing to a guaranteed minimum.
 * ADJUSTMENT: what finance answered to a disputed line.
 * PAYOUT, PAYOUT_RETURN: money sent to the partner, and money that the bank sent back.
 */
export const PARTNER_ENTRY_KINDS = [
  'SALE',
  'REFUND',
  'CHARGEBACK',
  'CHARGEBACK_REVERSAL',
  'REALLOCATION',
  'ADVANCE',
  'GUARANTEE',
  'ADJUSTMENT',
  'PAYOUT',
  'PAYOUT_RETURN',
] as const;
export type PartnerEntryKind = (typeof PARTNER_ENTRY_KINDS)[number];

export const PartnerEntrySchema = defineEntity({
  name: 'PartnerEntry',
  tableName: 'partner_entries',
  indexes: [
    { properties: ['partnerId', 'currency', 'availableAt'] },
    {
      name: 'partner_entries_unstated',
      expression:
        'create index "partner_entries_unstated" on "partner_entries" ("partner_id", "currency", "effective_at", "posting_id") where "statement_id" is null',
    },
    {
      // What was promised is found by the clause that promised it, among much that was sold.
      name: 'partner_entries_promises',
      expression: `create index "partner_entries_promises" on "partner_entries" ("source_id") where "kind" in ('ADVANCE', 'GUARANTEE')`,
    },
  ],
  properties: {
    postingId: () =>
      p.manyToOne(Posting).mapToPk().name('posting_id').deleteRule('no action').updateRule('no action').primary(),
    partnerId: () => p.manyToOne(Partner).mapToPk().name('partner_id'),
    currency: currencyCode(),
    kind: p.enum(PARTNER_ENTRY_KINDS),
    /** Positive: the platform owes the partner more. The posting has it with the other sign. */
    amountMinor: minorUnits(),
    /** Month in which it counts, `2026-10`, in the time zone of the contract behind it. */
    period: p.string().length(7).columnType('char(7)'),
    effectiveAt: timestamp(),
    /** From when on it may be paid out. What takes away counts at once, whatever stands here. */
    availableAt: timestamp(),
    /** The allocation share, where there is one. */
    shareId: p.uuid().nullable(),
    /** What it came from, as its owner names it: an allocation, a payout, a term, a disputed line. */
    sourceId: p.uuid(),
    /** How it came about, in one sentence. */
    explanation: p.text(),
    recordedAt: timestamp(),
    /** The closed statement that shows it. The one thing that is ever set, once. */
    statementId: p.uuid().nullable().index(),
  },
});

/** A posting on what the platform owes a partner, as the partner reads it. */
export class PartnerEntry extends PartnerEntrySchema.class {}
PartnerEntrySchema.setClass(PartnerEntry);
