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
}

/** Whether a content may stand in a feed, as far as the catalogue knows. */
export function isAdmissible(
  entry: CatalogueEntry,
  rules: { filter: ShelfFilter; age: number; blockedPartners: ReadonlySet<string> },
): boolean {
  return (
    entry.isListed &&
    entry.minAge <= rules.age &&
    !rules.blockedPartners.has(entry.partnerId) &&
    isInFilter(entry, rules.filter)
  );
}
