import { z } from 'zod';

/** A column of an import file: what it may hold and what it is for. */
export interface Column<Field extends z.ZodType = z.ZodType> {
  readonly field: Field;
  readonly required: boolean;
  readonly about: string;
  readonly example: string;
}

export type ColumnTable = Readonly<Record<string, Column>>;

/** A record whose cells were read. */
export type RowOf<Columns extends ColumnTable> = { readonly [Name in keyof Columns]: z.output<Columns[Name]['field']> };

/** A record has a cell that cannot go in. */
export class RefusedCellError extends Error {
  override readonly name = 'RefusedCellError';
  readonly column: string | null;

  /** @param reason rest of a sentence that begins with the column, or the record where there is none */
  constructor(column: string | null, reason: string) {
    super(reason);
    this.column = column;
  }
}

export function required<Field extends z.ZodType>(field: Field, about: string, example: string): Column<Field> {
  return { field, required: true, about, example };
}

/** A cell that may be absent, empty or JSON null: all the same. */
export function optional<Field extends z.ZodType>(field: Field, about: string, example: string) {
  const absent = z.preprocess((value) => (value === null || value === '' ? undefined : value), field.optional());
  return { field: absent, required: false, about, example } satisfies Column;
}

/** @throws RefusedCellError by the reader it makes, naming the first column that cannot be read */
export function rowReader<Columns extends ColumnTable>(
  columns: Columns,
): (cells: Readonly<Record<string, unknown>>) => RowOf<Columns> {
  const shape = Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, column.field]));
  const schema = z.strictObject(shape);
  return (cells) => {
    const result = schema.safeParse(cells);
    if (result.success) return result.data as RowOf<Columns>;
    const [issue] = result.error.issues;
    if (issue?.code === 'unrecognized_keys') {
      const names = issue.keys.map((key) => JSON.stringify(key.slice(0, 60)));
      throw new RefusedCellError(null, `has unknown columns: ${names.join(', ')}`);
    }
    const [column] = issue?.path ?? [];
    throw new RefusedCellError(column === undefined ? null : String(column), issue?.message ?? 'cannot be read');
  };
}
