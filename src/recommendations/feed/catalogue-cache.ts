import type { Database } from '../../platform/database.ts';
import { BEGINNING, findCatalogueChanges, type Snapshot } from './catalogue.queries.ts';
import { Catalogue } from './catalogue.ts';

/**
 * The catalogue of this process. Who finds that contents changed since `snapshot` asks for the changes; those who ask
 * meanwhile share one further statement.
 */
export class CatalogueCache {
  readonly #database: Database;
  #catalogue = new Catalogue();
  #snapshot: Snapshot = BEGINNING;
  #running: Promise<void> | null = null;
  #next: Promise<void> | null = null;

  constructor(database: Database) {
    this.#database = database;
  }

  get catalogue(): Catalogue {
    return this.#catalogue;
  }

  /** Up to where the catalogue is known. */
  get snapshot(): Snapshot {
    return this.#snapshot;
  }

  /** Reads what was committed before the call. */
  refresh(): Promise<void> {
    if (!this.#running) {
      this.#running = this.#read().finally(() => {
        this.#running = null;
      });
      return this.#running;
    }
    // The statement that runs may have begun before the change that the caller knows of.
    this.#next ??= this.#running
      .catch(() => undefined)
      .then(() => {
        this.#next = null;
        return this.refresh();
      });
    return this.#next;
  }

  async #read(): Promise<void> {
    const { entries, snapshot } = await findCatalogueChanges(this.#database, this.#snapshot);
    this.#catalogue = this.#catalogue.with(entries);
    this.#snapshot = snapshot;
  }
}
