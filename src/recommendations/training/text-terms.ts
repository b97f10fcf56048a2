import type { TextSpace } from '../content-model/index.ts';

/** What a new text is placed by: the terms that count, and the contents whose vectors they are, in the order of these. */
export interface TextTerms {
  readonly contentIds: readonly string[];
  readonly space: TextSpace;
}
