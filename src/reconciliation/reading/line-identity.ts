import { type CellField, cellFieldOf } from './cells.ts';
import type { ColumnSet } from './column-set.ts';
import type { SettlementProfile } from './settlement-profile.ts';

/** What makes two lines of a file the same line. */
export class LineIdentity {
  readonly #rules: readonly ('ROW' | readonly CellField[])[];

  constructor({ cellPrefix }: SettlementProfile, columns: ColumnSet) {
    this.#rules = columns.layout.identity
      .map((rule) => (rule === 'ROW' ? rule : rule.map((field) => cellFieldOf(columns, field, cellPrefix))))
      .filter((rule) => rule === 'ROW' || rule.every((field) => field.isPresent));
  }

  /** By the first rule whose first field is not empty; null when nothing tells the line from others. */
  of({ cells, raw }: { readonly cells: readonly string[]; readonly raw: string }): string | null {
    for (const rule of this.#rules) {
      if (rule === 'ROW') return raw;
      const [first, ...others] = rule;
      const name = first?.text(cells) ?? '';
      if (name === '') continue;
      return others.length === 0 ? name : [name, ...others.map((field) => field.text(cells))].join('\u001f');
    }
    return null;
  }
}
