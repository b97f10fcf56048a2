/**
 * Where the columns stand.
 *
 * @param known For each column the names it may have, in small letters and nothing but letters and digits.
 * @returns -1 for a column that is not there.
 */
export function findColumns<Name extends string>(
  header: readonly string[],
  known: Readonly<Record<Name, readonly string[]>>,
): Readonly<Record<Name, number>> {
  const names = header.map((name) => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, ''));
  const placeOf = (accepted: readonly string[]) => names.findIndex((name) => accepted.includes(name));
  const places = Object.entries<readonly string[]>(known).map(([name, accepted]) => [name, placeOf(accepted)]);
  return Object.fromEntries(places) as Readonly<Record<Name, number>>;
}

/** A cell as a message shows it. */
export function shown(cell: string): string {
  return JSON.stringify(cell.length > 60 ? `${cell.slice(0, 60)}…` : cell);
}
