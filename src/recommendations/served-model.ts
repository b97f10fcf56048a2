import type { NeighbourLists } from '../math/similarity/index.ts';

/** Contents that many people of one occupation do much with. */
export interface OccupationTaste {
  /** Numbers of contents, the most popular first. */
  readonly contents: Int32Array;
  /** Time-decayed popularity of each among these people, above 0. */
  readonly scores: Float64Array;
}

/** A published version as feeds use it. Contents are numbered by their place in `contentIds`. */
export interface ServedModel {
  readonly versionId: string;
  readonly contentIds: readonly string[];
  /** For each content those most like it by what the same people did with both; similarities in (0, 1]. */
  readonly neighbours: NeighbourLists;
  /** Likewise by what is told of them alone, so also for contents that nobody has met. */
  readonly textNeighbours: NeighbourLists;
  /** Time-decayed, for each content; 0 for what nobody has met. */
  readonly popularity: Float64Array;
  /** By occupation in lower case; only those with people enough that nobody's own taste shows. */
  readonly occupations: ReadonlyMap<string, OccupationTaste>;
}
