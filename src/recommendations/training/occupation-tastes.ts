import type { CsrMatrix } from '../../math/sparse/index.ts';
import type { OccupationTaste } from '../served-model.ts';
import { parseJsonLines } from './json-lines.ts';
import type { OccupationRow } from './training-sources.ts';

export type NamedTaste = OccupationTaste & { readonly name: string };

/** With fewer people, what one of them does would show in what all of them see. */
const LEAST_PEOPLE = 10;
const MOST_CONTENTS = 200;

/**
 * What people of each occupation do most with, in the order of the occupations' names.
 *
 * @param preferences people by contents
 * @param userIds of the people, by their numbers
 * @param occupationLines lines of `OccupationRow`
 */
export function occupationTastes(
  preferences: CsrMatrix,
  { userIds, occupationLines }: { userIds: readonly string[]; occupationLines: Uint8Array },
): NamedTaste[] {
  return Array.from(peopleByOccupation(preferences, { userIds, occupationLines }))
    .filter(([, people]) => people.length >= LEAST_PEOPLE)
    .map(([name, people]) => ({ name, ...tasteOf(preferences, people) }))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** The people who did something, in the order of their numbers. */
function peopleByOccupation(
  preferences: CsrMatrix,
  { userIds, occupationLines }: { userIds: readonly string[]; occupationLines: Uint8Array },
): Map<string, number[]> {
  const occupations = new Map<string, string>();
  for (const row of parseJsonLines(occupationLines)) {
    const [id, occupation] = row as OccupationRow;
    occupations.set(id, occupation.trim().toLowerCase());
  }
  const people = new Map<string, number[]>();
  userIds.forEach((id, number) => {
    const occupation = occupations.get(id);
    if (!occupation || preferences.offsets[number] === preferences.offsets[number + 1]) return;
    const known = people.get(occupation);
    if (known) known.push(number);
    else people.set(occupation, [number]);
  });
  return people;
}

function tasteOf(preferences: CsrMatrix, people: readonly number[]): OccupationTaste {
  const sums = new Float64Array(preferences.columnCount);
  for (const person of people) {
    const { indices, values } = preferences.row(person);
    for (let e = 0; e < indices.length; e++) {
      const content = indices[e] as number;
      sums[content] = (sums[content] as number) + (values[e] as number);
    }
  }
  const contents = Int32Array.from(sums.keys())
    .filter((content) => (sums[content] as number) > 0)
    .sort((one, other) => (sums[other] as number) - (sums[one] as number) || one - other)
    .slice(0, MOST_CONTENTS);
  return { contents, scores: Float64Array.from(contents, (content) => sums[content] as number) };
}
