import { Money } from '../shared/money.ts';
import type { Month } from '../shared/month.ts';
import type { StatementLineRow } from './open-lines.queries.ts';

/** Names the form of the leaves, so that whoever checks one knows how it is read. */
export const STATEMENT_FORMAT = 'tributary.statement/1';

/** What a leaf says. Flat, so that there is one way to write it down. */
export type LeafRecord = Readonly<Record<string, string | number | null>>;

/** What the first leaf of a statement is made of. An open one has neither name nor end yet, and is no leaf. */
export interface StatementHeader {
  readonly id: string | null;
  readonly partnerId: string;
  readonly currency: string;
  readonly period: Month;
  readonly openingMinor: bigint;
  readonly closingMinor: bigint;
  readonly pendingMinor: bigint;
  readonly lineCount: number;
  readonly closedAt: Date | null;
  /** Root of the statement of the month before: the roots of a partner and currency are a chain. */
  readonly previousRoot: string | null;
}

/** The first leaf: what the statement is about, and which root it follows. */
export function headerRecord(header: StatementHeader): LeafRecord {
  const { id, partnerId, currency, period, lineCount, closedAt, previousRoot } = header;
  return {
    format: STATEMENT_FORMAT,
    record: 'STATEMENT',
    statementId: id,
    partnerId,
    currency,
    period,
    ...amounts('opening', header.openingMinor, currency),
    ...amounts('closing', header.closingMinor, currency),
    ...amounts('pending', header.pendingMinor, currency),
    lineCount,
    closedAt: closedAt?.toISOString() ?? null,
    previousRoot,
  };
}

/** The leaf of one line; the same record, without statement, describes a line of an open one. */
export function lineRecord(
  line: StatementLineRow,
  place: { statementId: string | null; position: number; currency: string },
): LeafRecord {
  const { id, shareId, sourceId, kind, effectiveAt, availableAt, latePeriod, explanation } = line;
  return {
    record: 'LINE',
    ...place,
    postingId: id,
    kind,
    ...amounts('amount', line.amountMinor, place.currency),
    effectiveAt: effectiveAt.toISOString(),
    availableAt: availableAt.toISOString(),
    latePeriod,
    shareId,
    sourceId,
    explanation,
  };
}

/** JSON without spaces, names in the order of their code units: RFC 8785 for the flat records that leaves are. */
export function canonicalJson(record: LeafRecord): string {
  const entries = Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(Object.fromEntries(entries));
}

/** The bytes whose hash is the leaf. */
export function leafBytes(record: LeafRecord): Buffer {
  return Buffer.from(canonicalJson(record), 'utf8');
}

function amounts(name: string, minor: bigint, currency: string): LeafRecord {
  return { [name]: Money.ofMinor(minor, currency).toDecimal(), [`${name}Minor`]: minor.toString() };
}
