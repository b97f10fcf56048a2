import { sql } from 'kysely';
import type { Platform } from '../../platform/platform.ts';
import { loadServedModel } from '../model/index.ts';
import { SIMILARITY_MODEL } from '../model-version.store.ts';
import { loadRanker } from '../ranking/ranker-version.store.ts';
import { hasCatalogueChanged, type Snapshot } from './catalogue.queries.ts';
import { CatalogueCache } from './catalogue-cache.ts';
import { type LearnedRanker, learnedRanker } from './learned-ranker.ts';
import { ModelCache } from './model-cache.ts';
import type { ModelView } from './model-view.ts';
import { type FeedRanker, priorRanker } from './ranker.ts';
import { VersionCache } from './version-cache.ts';

/** What must be known to bring a shelf up to date. */
export interface ShelfState {
  readonly versionId: string | null;
  readonly isCatalogueStale: boolean;
}

/** The contents and the models in the memory of this process, as the database has them at the moment of asking. */
export class Shelf {
  readonly #platform: Platform;
  readonly #catalogue: CatalogueCache;
  readonly #models: ModelCache;
  readonly #rankers: VersionCache<LearnedRanker>;

  constructor(platform: Platform) {
    const { database, logger, config } = platform;
    const options = { patienceMs: config.feedModelPatienceMs, logger };
    this.#platform = platform;
    this.#catalogue = new CatalogueCache(database);
    this.#models = new ModelCache({ load: (versionId) => loadServedModel(database, versionId) }, options);
    this.#rankers = new VersionCache(
      { load: async (versionId) => learnedRanker(versionId, await loadRanker(database, versionId)) },
      options,
    );
  }

  /** Up to where the catalogue is known. */
  get snapshot(): Snapshot {
    return this.#catalogue.snapshot;
  }

  /** One more statement when the catalogue or the model changed, none otherwise. */
  async view({ versionId, isCatalogueStale }: ShelfState): Promise<ModelView> {
    if (isCatalogueStale) await this.#catalogue.refresh();
    return this.#models.view(versionId, this.#catalogue.catalogue);
  }

  /** The ranker of that version, or the last one that could be loaded, or the rule by hand. */
  async ranker(versionId: string | null): Promise<FeedRanker> {
    return (await this.#rankers.get(versionId)) ?? priorRanker;
  }

  /** For who needs nothing else of the database. One statement. */
  async viewNow(): Promise<ModelView> {
    const { rows } = await sql<ShelfState>`
      select (select version_id from model_pointers where model = ${SIMILARITY_MODEL}) as "versionId",
        ${hasCatalogueChanged(this.snapshot)} as "isCatalogueStale"
    `.execute(this.#platform.database.read());
    return this.view(rows[0] ?? { versionId: null, isCatalogueStale: true });
  }
}
