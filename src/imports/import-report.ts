import type { Refusal } from './refusals.ts';

/** How the records of one kind fared. `read` is the sum of the others. */
export interface ImportCounts {
  readonly read: number;
  readonly inserted: number;
  readonly updated: number;
  /** In the database already, as the record says. */
  readonly unchanged: number;
  readonly refused: number;
}

/** A file with the records of a run that were refused. */
export interface ErrorFileWritten {
  /** The input. */
  readonly source: string;
  readonly path: string;
  readonly records: number;
  /** The first few of them. */
  readonly first: readonly Refusal[];
}

export interface ImportReport {
  /** By kind of record, in the order in which they went in. */
  readonly counts: Readonly<Record<string, ImportCounts>>;
  readonly errorFiles: readonly ErrorFileWritten[];
  /** Nothing was kept: the run only tried. */
  readonly dryRun: boolean;
  readonly seconds: number;
}

/** Tells whoever waits how far a run is. */
export interface ImportProgress {
  /** What is being done, such as `reading users.csv`. */
  readonly stage: string;
  /** 0 to 1 within the stage; absent where it cannot be told. */
  readonly fraction?: number;
  /** Records read so far in all. */
  readonly records: number;
}

export type OnProgress = (progress: ImportProgress) => void;
