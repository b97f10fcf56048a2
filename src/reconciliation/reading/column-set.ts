import type { Layout } from './settlement-profile.ts';

/** Where the columns of a layout stand in one file. */
export interface ColumnSet {
  readonly layout: Layout;
  /** Cells that a row needs. */
  readonly width: number;
  /** Positions of a field's columns, the first name's first; empty when the file has none. */
  positions(field: string): readonly number[];
  /** Name of a position as the header writes it. */
  nameAt(position: number): string;
  /** Columns that lines show among the rest. */
  readonly rest: readonly { readonly name: string; readonly at: number }[];
}

/** Headers are compared without regard to case, width (（元） is (元)), spaces and the prefix of cells. */
export function plainName(text: string, cellPrefix = ''): string {
  const bare = text.normalize('NFKC').trim();
  const name = cellPrefix !== '' && bare.startsWith(cellPrefix) ? bare.slice(cellPrefix.length) : bare;
  return name.trim().toLowerCase().replace(/\s+/g, ' ');
}

/** Why a header is not one of the layout; null when it is. */
export interface Misfit {
  readonly missing: readonly string[];
  readonly twice: readonly string[];
}

export function misfitOf(layout: Layout, names: readonly string[]): Misfit | null {
  const known = new Set(names);
  const columns = Object.values(layout.columns);
  const missing = columns
    .filter((column) => column.required && !column.names.some((name) => known.has(plainName(name))))
    .map((column) => column.names[0] ?? '');
  const twice = columns
    .flatMap((column) => column.names)
    .filter((name) => names.indexOf(plainName(name)) !== names.lastIndexOf(plainName(name)));
  return missing.length > 0 || twice.length > 0 ? { missing, twice } : null;
}

/** @param header cells of the header; must fit the layout */
export function columnSetOf(layout: Layout, header: readonly string[], cellPrefix = ''): ColumnSet {
  const names = header.map((cell) => plainName(cell, cellPrefix));
  const positions = new Map<string, readonly number[]>();
  const taken = new Set<number>();
  for (const [field, column] of Object.entries(layout.columns)) {
    const found = column.names.map((name) => names.indexOf(plainName(name))).filter((at) => at !== -1);
    positions.set(field, found);
    if (!column.kept) for (const at of found) taken.add(at);
  }
  const written = header.map((cell, at) => withoutPrefix(cell.trim(), cellPrefix) || `column ${at + 1}`);
  return {
    layout,
    width: header.length,
    positions: (field) => positions.get(field) ?? [],
    nameAt: (at) => written[at] ?? `column ${at + 1}`,
    rest: written.map((name, at) => ({ name: unlike(written, name, at), at })).filter(({ at }) => !taken.has(at)),
  };
}

/** Unknown columns of one name are kept apart by their number. */
function unlike(names: readonly string[], name: string, at: number): string {
  return names.indexOf(name) === at ? name : `${name} (${at + 1})`;
}

function withoutPrefix(text: string, prefix: string): string {
  return prefix !== '' && text.startsWith(prefix) ? text.slice(prefix.length).trim() : text;
}
