import DataLoader from 'dataloader';
import {
  findContentsByIds,
  findLicencesOfContents,
  findOfferedIds,
  findStepsOfContents,
} from '../../src/content/index.ts';
import { countryOf } from '../../src/shared/actor.ts';
import { type LoaderScope, loaderById, loaderOfGroups } from '../shared/loader.ts';

export function createContentLoaders({ platform: { database, clock }, actor }: LoaderScope) {
  return {
    contents: loaderById((ids) => findContentsByIds(database, ids)),
    contentOffered: new DataLoader<string, boolean>(async (ids) => {
      const demand = { at: clock.now(), country: countryOf(actor) };
      const offered = await findOfferedIds(database, { ids, demand });
      return ids.map((id) => offered.has(id));
    }),
    /** Empty where the actor may not look. */
    contentLicences: loaderOfGroups(
      (ids) => findLicencesOfContents(database, actor, ids),
      (row) => row.contentId,
    ),
    /** Empty where the actor may not look. */
    contentSteps: loaderOfGroups(
      (ids) => findStepsOfContents(database, actor, ids),
      (row) => row.contentId,
    ),
  };
}
