import { contentCategories, type RankedMoment } from '../ranking/ranker-columns.ts';
import type { RankerModel } from '../ranking/ranker-model.ts';
import { RankerScorer, type ReadyRanker, readyRanker } from '../ranking/ranker-scorer.ts';
import type { Candidate, Wish } from './candidates.ts';
import type { CatalogueEntry } from './catalogue.ts';
import type { FeedRanker } from './ranker.ts';

export interface LearnedRanker extends FeedRanker {
  readonly versionId: string;
}

/** A version that was learnt from what feeds showed; `RankerScorer` tells what its scores are. */
class VersionRanker implements LearnedRanker {
  readonly versionId: string;
  readonly #ranker: ReadyRanker;
  /** Columns of the contents' categories: an entry of the catalogue never changes. */
  readonly #columns = new WeakMap<CatalogueEntry, readonly number[]>();

  constructor(versionId: string, model: RankerModel) {
    this.versionId = versionId;
    this.#ranker = readyRanker(model);
  }

  get name(): string {
    return this.versionId;
  }

  score(candidates: readonly Candidate[], wish: Wish): Float64Array {
    const scorer = new RankerScorer(this.#ranker, momentOf(wish));
    return Float64Array.from(candidates, ({ number, features }) =>
      scorer.take(this.#columnsOf(number, wish), features).logOdds(),
    );
  }

  partsOf({ number, features }: Candidate, wish: Wish): Float64Array {
    return new RankerScorer(this.#ranker, momentOf(wish)).partsOf(this.#columnsOf(number, wish), features);
  }

  #columnsOf(number: number, { view }: Wish): readonly number[] {
    const entry = view.catalogue.at(number);
    const known = this.#columns.get(entry);
    if (known) return known;
    const columns = this.#ranker.columns.of(contentCategories(entry));
    this.#columns.set(entry, columns);
    return columns;
  }
}

/** Null without a model. */
export function learnedRanker(versionId: string, model: RankerModel | null): LearnedRanker | null {
  return model && new VersionRanker(versionId, model);
}

function momentOf({ person, nowMs }: Wish): RankedMoment {
  return { occupation: person.mayUseProfile ? person.occupation : null, atMs: nowMs };
}
