import type { ConversionService } from '../../campaigns/index.ts';
import type { InteractionService } from '../../interactions/index.ts';
import type { OutboxService } from '../../outbox/index.ts';
import type { CopyValue } from '../../platform/copy-text.ts';
import type { Actor } from '../../shared/actor.ts';
import type { ImportSession } from '../import-session.ts';
import { type ColumnTable, type RowOf, rowReader } from './columns.ts';

/** Table that every importer stages its rows in; `line` and `raw` come first. */
export const STAGED = 'staged';

/** What a merge works with. */
export interface MergeContext {
  readonly session: ImportSession;
  /** Takes rows out of the staging table that only the database can tell to be wrong. */
  refuse(select: string, values?: readonly unknown[]): Promise<void>;
  readonly now: Date;
  /** Who imports, and as records of who did what name it. */
  readonly actor: Actor;
  readonly by: string;
  readonly services: ImportServices;
}

/** What an import sets going in other domains, in its own transaction. */
export interface ImportServices {
  readonly outbox: OutboxService;
  readonly interactions: InteractionService;
  readonly conversions: ConversionService;
}

export interface MergeCounts {
  readonly inserted: number;
  readonly updated: number;
}

/** How records of one kind go from a file into the database. */
export interface Importer {
  readonly kind: string;
  /** What a record is, for the help text. */
  readonly summary: string;
  /** What the columns alone do not say. */
  readonly notes: string;
  readonly columns: ColumnTable;
  /** SQL types of the staging table by column, without `line` and `raw`. */
  readonly staging: Readonly<Record<string, string>>;
  /** Tables that a merge fills. */
  readonly tables: readonly string[];
  /**
   * Values for the staging table, in its order.
   *
   * @throws RefusedCellError when the record is wrong by itself
   */
  read(cells: Readonly<Record<string, unknown>>, now: Date): readonly CopyValue[];
  /** Moves what is staged into the tables, set by set. */
  merge(context: MergeContext): Promise<MergeCounts>;
}

export interface ImporterSpec<Columns extends ColumnTable, Staging extends Readonly<Record<string, string>>>
  extends Omit<Importer, 'columns' | 'staging' | 'read'> {
  readonly columns: Columns;
  readonly staging: Staging;
  stage(row: RowOf<Columns>, now: Date): { readonly [Name in keyof Staging]: CopyValue };
}

/** Binds the typed parts of an importer together, so that the machinery needs no types of rows. */
export function defineImporter<Columns extends ColumnTable, const Staging extends Readonly<Record<string, string>>>(
  spec: ImporterSpec<Columns, Staging>,
): Importer {
  const readRow = rowReader(spec.columns);
  const names = Object.keys(spec.staging);
  return {
    ...spec,
    read(cells, now) {
      const staged = spec.stage(readRow(cells), now);
      return names.map((name) => staged[name] ?? null);
    },
  };
}
