/** Count and amount; the amount is text, since JSON numbers lose cents past 2^53. */
export interface ReportSum {
  readonly count: number;
  readonly grossMinor: string;
}

/** One currency and kind of a run. File: lines = matched + unmatched + repeated + other. Ours: movements = matched + missing. */
export interface ReportRow {
  readonly currency: string;
  readonly kind: string;
  readonly lines: ReportSum;
  readonly matched: ReportSum;
  readonly unmatched: ReportSum;
  readonly repeated: ReportSum;
  readonly other: ReportSum;
  /** Our movements in the file's period, and those that it matched from outside of it. */
  readonly movements: ReportSum;
  readonly movementsMatched: ReportSum;
  readonly movementsMissing: ReportSum;
}

/** What a run came to, kept as it was when it ended. */
export interface RunReport {
  readonly layout: string;
  readonly encoding: string;
  readonly lines: number;
  readonly unreadableLines: number;
  readonly rows: readonly ReportRow[];
  readonly exceptionCounts: Readonly<Record<string, number>>;
}
