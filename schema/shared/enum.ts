/** The object form of a list of names, for `registerEnumType`: `{ A: 'A', B: 'B' }`. */
export function enumOf<const Name extends string>(names: readonly Name[]): { readonly [Key in Name]: Key } {
  return Object.fromEntries(names.map((name) => [name, name])) as { readonly [Key in Name]: Key };
}
