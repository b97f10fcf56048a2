import { type ContentKind, isInFilter, type Module, type ShelfFilter } from '../../content/index.ts';

/** What a feed needs to know of a content that is or was on the shelf. */
export interface CatalogueEntry {
  readonly id: string;
  readonly title: string;
  readonly partnerId: string;
  readonly partnerName: string;
  readonly domainCode: string;
  readonly domainName: string;
  readonly domainNameZh: string;
  readonly kind: ContentKind;
  readonly module: Module;
  readonly language: string;
  readonly minAge: number;
  readonly publishedAtMs: number;
  /** Published, that is; whether a licence covers somebody is asked of the database. */
  readonly isListed: boolean;
  /** For a content that came after the last training: what is like it by what is told of it. */
  readonly textNeighbours: readonly TextNeighbour[];
}

export interface TextNeighbour {
  readonly contentId: string;
  /** In (0, 1]. */
  readonly similarity: number;
}

/**
 * The contents that are or were on the shelf, numbered from 0 in the order in which they became known. Never changed:
 * a feed that is being made keeps the one that it began with. Numbers stay from one to the next.
 */
export class Catalogue {
  readonly #entries: readonly CatalogueEntry[];
  readonly #numbers: ReadonlyMap<string, number>;
  #newestFirst: Int32Array | null = null;
  #traits: CatalogueTraits | null = null;

  constructor(entries: readonly CatalogueEntry[] = []) {
    this.#entries = entries;
    this.#numbers = new Map(entries.map(({ id }, number) => [id, number]));
  }

  get size(): number {
    return this.#entries.length;
  }

  /** With what changed in its place, and what is new at the end; itself when nothing did. */
  with(changed: readonly CatalogueEntry[]): Catalogue {
    if (changed.length === 0) return this;
    const entries = new Map(this.#entries.map((entry) => [entry.id, entry]));
    for (const entry of changed) entries.set(entry.id, entry);
    return new Catalogue([...entries.values()]);
  }

  /** @throws RangeError for a number that none has */
  at(number: number): CatalogueEntry {
    const entry = this.#entries[number];
    if (!entry) throw new RangeError(`the catalogue has no content ${number}`);
    return entry;
  }

  numberOf(contentId: string): number | undefined {
    return this.#numbers.get(contentId);
  }

  /** Numbers of the contents on the shelf, the latest published first. */
  newestFirst(): Int32Array {
    this.#newestFirst ??= Int32Array.from(
      this.#entries
        .flatMap(({ isListed }, number) => (isListed ? number : []))
        .sort((one, other) => this.at(other).publishedAtMs - this.at(one).publishedAtMs || other - one),
    );
    return this.#newestFirst;
  }

  /** What contents have in common with each other. */
  get traits(): CatalogueTraits {
    this.#traits ??= {
      domains: codesOf(this.#entries.map(({ domainCode }) => domainCode)),
      partners: codesOf(this.#entries.map(({ partnerId }) => partnerId)),
      kinds: codesOf(this.#entries.map(({ kind }) => kind)),
    };
    return this.#traits;
  }
}

/** For each content by its number a code of its domain, partner and kind: alike for contents that share it. */
export interface CatalogueTraits {
  readonly domains: Int32Array;
  readonly partners: Int32Array;
  readonly kinds: Int32Array;
}

function codesOf(values: readonly string[]): Int32Array {
  const codes = new Map<string, number>();
  return Int32Array.from(values, (value) => {
    const code = codes.get(value) ?? codes.size;
    codes.set(value, code);
    return code;
  });
}

/** Tells whether a content may stand in a feed, as far as the catalogue knows. */
export function admission(rules: {
  filter: ShelfFilter;
  age: number;
  blockedPartners: ReadonlySet<string>;
}): (entry: CatalogueEntry) => boolean {
  const { filter, age, blockedPartners } = rules;
  const isFiltered = Object.values(filter).some((values) => (values?.length ?? 0) > 0);
  return (entry) =>
    entry.isListed &&
    entry.minAge <= age &&
    !blockedPartners.has(entry.partnerId) &&
    (!isFiltered || isInFilter(entry, filter));
}
