import { nearestRows, neighboursOf } from '../../math/similarity/index.ts';
import { CsrMatrix } from '../../math/sparse/index.ts';
import { placeTexts } from '../content-model/index.ts';
import { toContentText } from './catalogue.ts';
import { parseJsonLines } from './json-lines.ts';
import type { MatrixParts } from './matrix-parts.ts';
import { TEXT_NEIGHBOURS } from './similarity-params.ts';
import type { TextTerms } from './text-terms.ts';
import type { TextRow } from './training-sources.ts';

/** What a new content is like, by what is told of it. */
export interface PlacedContent {
  readonly contentId: string;
  /** Most similar first, of the contents that the version knows. */
  readonly neighbourIds: readonly string[];
  /** In (0, 1]. */
  readonly scores: readonly number[];
}

/** Places contents that a version does not know among those that it does. */
export class TextPlacer {
  readonly #terms: TextTerms;
  readonly #known: ReadonlySet<string>;
  readonly #vectors: CsrMatrix;

  constructor(terms: TextTerms, vectors: MatrixParts) {
    this.#terms = terms;
    this.#known = new Set(terms.contentIds);
    this.#vectors = CsrMatrix.fromParts(vectors);
  }

  /** Those of some contents that the version does not know. */
  unknownOf(ids: readonly string[]): string[] {
    return ids.filter((id) => !this.#known.has(id));
  }

  /** @param textLines lines of `TextRow`; those of contents that the version knows are passed over */
  place(textLines: Uint8Array): PlacedContent[] {
    const rows = Array.from(parseJsonLines(textLines), (row) => row as TextRow).filter(([id]) => !this.#known.has(id));
    const lists = nearestRows(this.#vectors, placeTexts(this.#terms.space, rows.map(toContentText)), TEXT_NEIGHBOURS);
    return rows.map(([contentId], number) => {
      const { indices, similarities } = neighboursOf(lists, number);
      const neighbourIds = Array.from(indices, (index) => this.#terms.contentIds[index] as string);
      return { contentId, neighbourIds, scores: Array.from(similarities) };
    });
  }
}
