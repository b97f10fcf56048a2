/** What a line of a settlement file is about, in our words. */
export const LINE_KINDS = [
  'PAYMENT',
  'REFUND',
  'CHARGEBACK',
  'CHARGEBACK_REVERSAL',
  'FEE',
  'PAYOUT',
  'ADJUSTMENT',
  'OTHER',
] as const;

export type LineKind = (typeof LINE_KINDS)[number];

/** Names under which a line's subject is known. Null where the file gives none. */
export interface LineReferences {
  /** The provider's name of the subject itself: the payment, the refund, the chargeback, the payout. */
  readonly provider: string | null;
  /** Our name of the subject, as the provider was given it. */
  readonly merchant: string | null;
  /** The provider's name of the payment that a refund or a chargeback belongs to. */
  readonly original: string | null;
  /** Our name of that payment. */
  readonly originalMerchant: string | null;
  /** The provider's own name of this line, unlike any other line's. */
  readonly line: string | null;
  /** Further names that the provider has for the subject or its payment. */
  readonly also: readonly string[];
}

/**
 * One line of a settlement file. Amounts are signed as our balance with the provider sees them: a payment adds, a
 * refund, a fee and a payout to our bank take away. `grossMinor - feeMinor = netMinor` wherever the file says so; where
 * it does not, the line stands as the file has it and an exception says so.
 */
export interface SettlementLine {
  /** Line of the file on which it begins, from 1, as an editor counts: the header and breaks within quotes count. */
  readonly lineNumber: number;
  readonly kind: LineKind;
  /** The kind in the provider's words. */
  readonly providerType: string;
  readonly references: LineReferences;
  /** ISO 4217, of `grossMinor`. */
  readonly currency: string;
  /** Decimals of `currency` in ISO 4217: the amounts are in the units of our books, however the provider writes them. */
  readonly exponent: number;
  readonly grossMinor: bigint;
  /** What the provider keeps; negative when it gives a fee back. In `settlementCurrency` if there is one. */
  readonly feeMinor: bigint;
  /** In `settlementCurrency` if there is one. */
  readonly netMinor: bigint;
  /** Currency of fee and net; null when it is that of the gross amount. */
  readonly settlementCurrency: string | null;
  readonly occurredAt: Date | null;
  /** The provider's name of the payout or batch that settles the line. */
  readonly batch: string | null;
  /** Every cell of a column that the layout has no use for, by the name in the header; without the empty ones. */
  readonly rest: Readonly<Record<string, string>>;
  /** Line of which this one is a repetition; such a line is neither matched nor counted again. */
  readonly duplicateOf: number | null;
  /** SHA-256 of the line as it stands in the file, in hexadecimal. */
  readonly rawHash: string;
}

/** What can be wrong with a file by itself. A part of the classes of reconciliation. */
export type FileExceptionClass =
  | 'UNREADABLE_LINE'
  | 'DUPLICATE_LINE'
  | 'AMOUNT_DIFFERS'
  | 'FEE_DIFFERS'
  | 'CURRENCY_DIFFERS'
  | 'PAYOUT_TOTAL_DIFFERS';

export interface FileException {
  readonly class: FileExceptionClass;
  /** Absent when no single line is to blame. */
  readonly line: number | null;
  /** Name of the line, the payout or the total. */
  readonly reference: string | null;
  /** A sentence for the person who has to clear it up. */
  readonly reason: string;
  readonly currency: string | null;
  /** What the other amounts of the file come to; null where no amount is in question. */
  readonly expectedMinor: bigint | null;
  /** What the line, the payout or the trailer says. */
  readonly actualMinor: bigint | null;
}

/** Sums of lines. Gross is in the currency of the lines, fee and net in that of their settlement. */
export interface LineSums {
  readonly count: number;
  readonly grossMinor: bigint;
  readonly feeMinor: bigint;
  readonly netMinor: bigint;
}

export interface KindTotal extends LineSums {
  readonly currency: string;
  readonly kind: LineKind;
}

export interface FileTotals {
  /** Without the lines that repeat others of the file. By currency, then kind. A line in two currencies is counted with its gross amount. */
  readonly kinds: readonly KindTotal[];
  /** What rounding to whole minor units added to fees, in units of 10^-`scale` of the currency's major unit. */
  readonly rounding: readonly { readonly currency: string; readonly amount: string }[];
}

/** The totals at the end of a file, against the lines. */
export interface TrailerReport {
  /** Whether the layout has a trailer at all. */
  readonly expected: boolean;
  readonly found: boolean;
  /** Totals that were compared. */
  readonly checked: number;
  readonly differing: number;
}

/** Payouts of a file, against the lines that they pay. */
export interface PayoutReport {
  readonly checked: number;
  readonly differing: number;
  /** Groups of lines whose payout is not in the file. */
  readonly withoutPayout: number;
}

/** What a file holds, known once it is read to its end. */
export interface FileSummary {
  readonly profile: string;
  readonly layout: string;
  /** `utf-8` or `gb18030`. */
  readonly encoding: string;
  /** Data lines that were read, repeated ones among them; not those of the header, the trailer, comments, or blanks. */
  readonly lines: number;
  readonly unreadableLines: number;
  readonly duplicateLines: number;
  readonly totals: FileTotals;
  readonly trailer: TrailerReport;
  readonly payouts: PayoutReport;
  /** The first ones; the batches gave all of them. */
  readonly exceptions: readonly FileException[];
  readonly exceptionCounts: Readonly<Partial<Record<FileExceptionClass, number>>>;
}

/** A part of a file, in its order. Exceptions of the file as a whole come with the last one. */
export interface SettlementBatch {
  readonly lines: readonly SettlementLine[];
  readonly exceptions: readonly FileException[];
}

/** A file being read. */
export interface SettlementReading {
  /** Can be taken once. @throws SettlementFileError when the file cannot be read as the profile says */
  batches(): AsyncIterable<SettlementBatch>;
  /** @throws InvariantError before the batches are at their end */
  summary(): FileSummary;
}
