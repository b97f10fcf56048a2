import { deserialize, serialize } from 'node:v8';
import type { NeighbourLists } from '../../math/similarity/index.ts';
import type { OccupationTaste, ServedModel } from '../served-model.ts';

/** All of a version but its id, which its bytes do not repeat. */
export type ServedContents = Omit<ServedModel, 'versionId' | 'occupations'> & {
  readonly occupations: readonly (OccupationTaste & { readonly name: string })[];
};

/** A number that changes with the form of the bytes: those of another form are read as none. */
const FORM = 1;

interface Packed extends ServedContents {
  readonly form: number;
}

/** Numbers as they lie in memory, so that reading is copying. Node reads what an older one wrote. */
export function packServed(contents: ServedContents): Uint8Array {
  const { contentIds, neighbours, textNeighbours, popularity, occupations } = contents;
  const packed: Packed = {
    form: FORM,
    contentIds,
    neighbours: listsOnly(neighbours),
    textNeighbours: listsOnly(textNeighbours),
    popularity,
    occupations,
  };
  return serialize(packed);
}

/** Null for bytes of another form. */
export function unpackServed(bytes: Uint8Array, versionId: string): ServedModel | null {
  const { form, occupations, ...contents } = deserialize(bytes) as Packed;
  if (form !== FORM) return null;
  const byName = occupations.map(({ name, contents: best, scores }) => [name, { contents: best, scores }] as const);
  return { versionId, ...contents, occupations: new Map(byName) };
}

function listsOnly({ from, to, offsets, neighbours, similarities }: NeighbourLists): NeighbourLists {
  return { from, to, offsets, neighbours, similarities };
}
