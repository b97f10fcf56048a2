import type { Platform } from '../platform/platform.ts';
import { type Actor, requireRole } from '../shared/actor.ts';
import { present } from '../shared/invariant.ts';
import type { Page, PageRequest } from '../shared/page.ts';
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

  constructor(platform: Platform) {
    this.#platform = platform;
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
   * Lets the version before the one that serves serve again. The next training is measured against it.
   *
   * @param request.from number of the version to leave: of two people who see the same trouble one rolls back
   * @returns the version that serves now
   * @throws UnauthenticatedError
   * @throws ForbiddenError unless the actor is an admin
   * @throws NoEarlierVersionError when none is kept, or another version than `from` serves by now
   */
  async rollBack(actor: Actor, { from }: { from: number }): Promise<ModelVersionRow> {
    requireRole(actor, 'ADMIN');
    const { database, clock } = this.#platform;
    await database.transaction(async (em) => {
      await lockPointer(em);
      const serving = await findServing(em);
      if (serving?.number !== from) throw new NoEarlierVersionError(from, serving?.number ?? null);
      const earlier = (await findModelVersions(database)).find(({ number }) => number < from);
      if (!earlier) throw new NoEarlierVersionError(from, from);
      await switchPointer(em, { id: earlier.id, at: clock.now() });
    });
    const versions = await findModelVersions(database);
    return present(
      versions.find(({ isServing }) => isServing),
      'the version that serves',
    );
  }
}
