import type { ServedModel } from '../served-model.ts';
import type { Catalogue } from './catalogue.ts';
import { ModelView } from './model-view.ts';
import { VersionCache, type VersionCacheOptions, type VersionSource } from './version-cache.ts';

/** The model of this process over the catalogue of this process. */
export class ModelCache {
  readonly #versions: VersionCache<ServedModel>;
  #view: { readonly view: ModelView; readonly model: ServedModel | null } | null = null;

  constructor(source: VersionSource<ServedModel>, options: VersionCacheOptions) {
    this.#versions = new VersionCache(source, options);
  }

  /** The version asked for over the catalogue, if it can be had soon. Never fails for lack of a model. */
  async view(versionId: string | null, catalogue: Catalogue): Promise<ModelView> {
    const model = await this.#versions.get(versionId);
    if (this.#view?.view.catalogue !== catalogue || this.#view.model !== model) {
      this.#view = { view: new ModelView(model, catalogue), model };
    }
    return this.#view.view;
  }
}
