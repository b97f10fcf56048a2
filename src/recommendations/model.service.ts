import type { OutboxService } from '../outbox/index.ts';
import type { Platform } from '../platform/platform.ts';
import { type Actor, requireRole } from '../shared/actor.ts';
import { present } from '../shared/invariant.ts';
import type { Page, PageRequest } from '../shared/page.ts';
import type { ModelName } from './model-version.entity.ts';
import { findServing, lockPointer, switchPointer } from './model-version.store.ts';
import { NoEarlierVersionError } from './recommendation.errors.ts';
import {
  findModelVersions,
  findTrainingPage,
  findTrainingRun,
  type ModelVersionRow,
  type TrainingRunRow,
} from './training/training.queries.ts';

/** What those who operate the product see of the models, and how they take a version back. */
export class ModelService {
  readonly #platform: Platform;
  readonly #outbox: OutboxService;

  constructor(platform: Platform, outbox: OutboxService) {
    this.#platform = platform;
    this.#outbox = outbox;
  }

  /** @throws UnauthenticatedError @throws ForbiddenError unless the actor is an admin */
  async listTrainings(actor: Actor, page: PageRequest): Promise<Page<TrainingRunRow>> {
    requireRole(actor, 'ADMIN');
    return findTrainingPage(this.#platform.database, page);
  }

  /** @throws UnauthenticatedError @throws ForbiddenError unless the actor is an admin */
  async findTraining(actor: Actor, id: string): Promise<TrainingRunRow | null> {
    requireRole(actor, 'ADMIN');
    return findTrainingRun(this.#platform.database, id);
  }

  /** @throws UnauthenticatedError @throws ForbiddenError unless the actor is an admin */
  async listVersions(actor: Actor): Promise<ModelVersionRow[]> {
    requireRole(actor, 'ADMIN');
    return findModelVersions(this.#platform.database);
  }

  /**
   * Lets the version of a model before the one that serves serve again. The next training is measured against it.
   *
   * @param request.from number of the version to leave: of two people who see the same trouble one rolls back
   * @returns the version that serves now
   * @throws UnauthenticatedError
   * @throws ForbiddenError unless the actor is an admin
   * @throws NoEarlierVersionError when none is kept, or another version than `from` serves by now
   */
  async rollBack(actor: Actor, { model, from }: { model: ModelName; from: number }): Promise<ModelVersionRow> {
    requireRole(actor, 'ADMIN');
    const { database, clock } = this.#platform;
    await database.transaction(async (em) => {
      await lockPointer(em, model);
      const serving = await findServing(em, model);
      if (serving?.number !== from) throw new NoEarlierVersionError(from, serving?.number ?? null);
      const earlier = (await findModelVersions(database)).find((one) => one.model === model && one.number < from);
      if (!earlier) throw new NoEarlierVersionError(from, from);
      await switchPointer(em, { model, id: earlier.id, at: clock.now() });
      // What came between the two versions is placed by its text again.
      this.#outbox.enqueue(em, { job: 'index-contents', payload: {}, requestedBy: actor });
    });
    const versions = await findModelVersions(database);
    return present(
      versions.find((one) => one.model === model && one.isServing),
      'the version that serves',
    );
  }
}
