import type { Catalogue } from './catalogue.ts';
import type { FeedPerson } from './person.queries.ts';

/** How a person has met the contents of a catalogue, by their numbers. What the catalogue never had is left out. */
export interface Met {
  /** Owned, finished or dismissed. */
  readonly settled: ReadonlySet<number>;
  /** When they last did something with each other content, in milliseconds since 1970. */
  readonly seenAtMs: ReadonlyMap<number, number>;
  /** How often the feeds of the last week showed each content. */
  readonly shown: ReadonlyMap<number, number>;
}

export function metOf({ settled, seenAtMs, shown }: FeedPerson, catalogue: Catalogue): Met {
  const numbered = (facts: ReadonlyMap<string, number>) => {
    const byNumber = new Map<number, number>();
    for (const [id, fact] of facts) {
      const number = catalogue.numberOf(id);
      if (number !== undefined) byNumber.set(number, fact);
    }
    return byNumber;
  };
  return {
    settled: new Set([...settled].flatMap((id) => catalogue.numberOf(id) ?? [])),
    seenAtMs: numbered(seenAtMs),
    shown: numbered(shown),
  };
}
