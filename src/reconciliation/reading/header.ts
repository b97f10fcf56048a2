import { type ColumnSet, columnSetOf, misfitOf, plainName } from './column-set.ts';
import type { Row } from './row-frame.ts';
import { Rows } from './rows.ts';
import type { Layout, SettlementProfile } from './settlement-profile.ts';

/** Lines within which a header must be found. */
const MAX_LINES_BEFORE = 50;

export function rowsOf({ delimiter, cellPrefix, commentPrefix }: SettlementProfile): Rows {
  return new Rows({ delimiter, cellPrefix, commentPrefix });
}

/** The layout whose columns a header has; of several, the one that knows most of them. */
export function matchLayout(profile: SettlementProfile, header: readonly string[]): ColumnSet | null {
  const names = header.map((cell) => plainName(cell, profile.cellPrefix));
  const fitting = profile.layouts.filter((layout) => misfitOf(layout, names) === null);
  const [best] = fitting.toSorted((a, b) => knownColumns(b, names) - knownColumns(a, names));
  return best ? columnSetOf(best, header, profile.cellPrefix) : null;
}

/** Why a row is no header of the profile, by the layout that comes nearest, as the rest of a sentence. */
export function describeMisfit(profile: SettlementProfile, header: readonly string[]): string {
  const names = header.map((cell) => plainName(cell, profile.cellPrefix));
  const misfits = profile.layouts
    .map((layout) => ({ layout, misfit: misfitOf(layout, names) ?? { missing: [], twice: [] } }))
    .toSorted((a, b) => a.misfit.missing.length - b.misfit.missing.length);
  const { layout, misfit } = misfits[0] ?? {};
  if (!layout || !misfit) return 'is no header';
  if (misfit.missing.length === 0) return `names the column ${misfit.twice[0]} twice`;
  const which = profile.layouts.length > 1 ? ` (${layout.name})` : '';
  return `is no header of ${profile.title}${which}: it lacks ${misfit.missing.map((name) => `"${name}"`).join(', ')}`;
}

function knownColumns(layout: Layout, names: readonly string[]): number {
  const known = Object.values(layout.columns).flatMap((column) => column.names.map((name) => plainName(name)));
  return known.filter((name) => names.includes(name)).length;
}

/** The first row that is no comment; undefined when there is none, or none soon enough. */
export function nextHeaderRow(rows: Rows, atEnd: boolean): Exclude<Row, { form: 'COMMENT' }> | undefined {
  for (let row = rows.take(atEnd); row; row = rows.take(atEnd)) {
    if (row.line > MAX_LINES_BEFORE)
      return { form: 'FAULT', line: row.line, raw: '', fault: 'comes before any header' };
    if (row.form !== 'COMMENT') return row;
  }
  return undefined;
}
