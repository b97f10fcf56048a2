import type { NeighbourLists } from '../../math/similarity/index.ts';
import type { ServedModel } from '../served-model.ts';
import type { Catalogue, CatalogueEntry } from './catalogue.ts';

/** A number that stands for no content of the other numbering. */
const NONE = -1;

/**
 * A model and the catalogue as one: all numbers are those of the catalogue. Without a model there is no list, and
 * nothing is popular. Made once for each model and each state of the catalogue.
 */
export class ModelView {
  readonly versionId: string | null;
  readonly catalogue: Catalogue;
  /** Popularity of each content as a part of the greatest, on a logarithmic scale, in [0, 1]. */
  readonly popularity: Float64Array;
  /** Likewise, as a part of the greatest in its own domain: a small domain is not drowned by a large one. */
  readonly domainPopularity: Float64Array;
  /** The contents on the shelf that are popular at all, the most popular first. */
  readonly popularFirst: Int32Array;
  /** The contents on the shelf that came after the training. */
  readonly unknown: Int32Array;
  readonly #model: ServedModel | null;
  readonly #toCatalogue: Int32Array;
  readonly #toModel: Int32Array;
  readonly #occupations = new Map<string, ReadonlyMap<number, number>>();

  constructor(model: ServedModel | null, catalogue: Catalogue) {
    this.#model = model;
    this.versionId = model?.versionId ?? null;
    this.catalogue = catalogue;
    this.#toCatalogue = Int32Array.from(model?.contentIds ?? [], (id) => catalogue.numberOf(id) ?? NONE);
    this.#toModel = new Int32Array(catalogue.size).fill(NONE);
    this.#toCatalogue.forEach((number, inModel) => {
      if (number !== NONE) this.#toModel[number] = inModel;
    });
    const raw = Float64Array.from(this.#toModel, (inModel) =>
      inModel === NONE ? 0 : (model?.popularity[inModel] ?? 0),
    );
    this.popularity = partsOfGreatest(raw, () => '');
    this.domainPopularity = partsOfGreatest(raw, (number) => catalogue.at(number).domainCode);
    const listed = catalogue.newestFirst();
    this.popularFirst = listed
      .filter((number) => (raw[number] as number) > 0)
      .sort((one, other) => (raw[other] as number) - (raw[one] as number) || one - other);
    this.unknown = listed.filter((number) => this.#toModel[number] === NONE);
  }

  /** Calls back with each content that the same people did something with, and how alike it is. */
  forEachNeighbour(number: number, visit: (neighbour: number, similarity: number) => void): void {
    if (this.#model) this.#walk(this.#model.neighbours, number, visit);
  }

  /** Likewise by what is told of the contents. */
  forEachTextNeighbour(number: number, visit: (neighbour: number, similarity: number) => void): void {
    if (this.#model) this.#walk(this.#model.textNeighbours, number, visit);
    for (const { contentId, similarity } of this.catalogue.at(number).textNeighbours) {
      const neighbour = this.catalogue.numberOf(contentId);
      if (neighbour !== undefined) visit(neighbour, similarity);
    }
  }

  /** Adds to each content of a list its likeness times `share`. */
  addNeighbours(number: number, { share, to }: { share: number; to: Float64Array }): void {
    if (this.#model) this.#add(this.#model.neighbours, number, { share, to });
  }

  /** Likewise of the list by text. */
  addTextNeighbours(number: number, { share, to }: { share: number; to: Float64Array }): void {
    if (this.#model) this.#add(this.#model.textNeighbours, number, { share, to });
    for (const { contentId, similarity } of this.catalogue.at(number).textNeighbours) {
      const neighbour = this.catalogue.numberOf(contentId);
      if (neighbour !== undefined) to[neighbour] = (to[neighbour] as number) + share * similarity;
    }
  }

  /** How alike the list of one content makes another; 0 when it does not have it. */
  similarity(from: number, to: number): number {
    return this.#model ? this.#entry(this.#model.neighbours, from, to) : 0;
  }

  /** Likewise by text, by the list of either when one of them came after the training. */
  textSimilarity(from: number, to: number): number {
    const listed = this.#model ? this.#entry(this.#model.textNeighbours, from, to) : 0;
    const own = listedIn(this.catalogue.at(from), this.catalogue.at(to).id);
    return listed + own + listedIn(this.catalogue.at(to), this.catalogue.at(from).id);
  }

  /** What people of an occupation do much with, the most popular first, as parts of the greatest; null when unknown. */
  occupation(name: string): ReadonlyMap<number, number> | null {
    const known = this.#occupations.get(name);
    if (known) return known;
    const taste = this.#model?.occupations.get(name);
    if (!taste) return null;
    const parts = new Map<number, number>();
    taste.contents.forEach((inModel, at) => {
      const number = this.#toCatalogue[inModel] as number;
      if (number !== NONE) parts.set(number, (taste.scores[at] as number) / (taste.scores[0] as number));
    });
    this.#occupations.set(name, parts);
    return parts;
  }

  #entry(lists: NeighbourLists, from: number, to: number): number {
    const row = this.#toModel[from] ?? NONE;
    const wanted = this.#toModel[to] ?? NONE;
    if (row === NONE || wanted === NONE) return 0;
    const end = lists.offsets[row + 1] as number;
    for (let at = lists.offsets[row] as number; at < end; at++) {
      if (lists.neighbours[at] === wanted) return lists.similarities[at] as number;
    }
    return 0;
  }

  /** A loop of its own: most of a taste is made here, and would call back for every entry. */
  #add(lists: NeighbourLists, number: number, { share, to }: { share: number; to: Float64Array }): void {
    const row = this.#toModel[number] ?? NONE;
    if (row === NONE) return;
    const { offsets, neighbours, similarities } = lists;
    const end = offsets[row + 1] as number;
    for (let at = offsets[row] as number; at < end; at++) {
      const neighbour = this.#toCatalogue[neighbours[at] as number] as number;
      if (neighbour !== NONE) to[neighbour] = (to[neighbour] as number) + share * (similarities[at] as number);
    }
  }

  #walk(lists: NeighbourLists, number: number, visit: (neighbour: number, similarity: number) => void): void {
    const row = this.#toModel[number] ?? NONE;
    if (row === NONE) return;
    const end = lists.offsets[row + 1] as number;
    for (let at = lists.offsets[row] as number; at < end; at++) {
      const neighbour = this.#toCatalogue[lists.neighbours[at] as number] as number;
      if (neighbour !== NONE) visit(neighbour, lists.similarities[at] as number);
    }
  }
}

function listedIn({ textNeighbours }: CatalogueEntry, contentId: string): number {
  return textNeighbours.find((one) => one.contentId === contentId)?.similarity ?? 0;
}

/** log(1 + p) / log(1 + greatest p of the group), 0 where nothing of the group is popular. */
function partsOfGreatest(popularity: Float64Array, groupOf: (number: number) => string): Float64Array {
  const greatest = new Map<string, number>();
  popularity.forEach((value, number) => {
    const group = groupOf(number);
    greatest.set(group, Math.max(greatest.get(group) ?? 0, value));
  });
  return popularity.map((value, number) => {
    const most = greatest.get(groupOf(number)) ?? 0;
    return most > 0 ? Math.log1p(value) / Math.log1p(most) : 0;
  });
}
