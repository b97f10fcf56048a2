import { findMembersOfPartners, findPartnersByIds, findStepsOfPartners } from '../../src/partners/index.ts';
import { type LoaderScope, loaderById, loaderOfGroups } from '../shared/loader.ts';

export function createPartnerLoaders({ platform: { database }, actor }: LoaderScope) {
  return {
    partners: loaderById((ids) => findPartnersByIds(database, ids)),
    /** Empty where the actor may not look. */
    partnerMembers: loaderOfGroups(
      (ids) => findMembersOfPartners(database, actor, ids),
      (row) => row.partnerId,
    ),
    /** Empty where the actor may not look. */
    partnerSteps: loaderOfGroups(
      (ids) => findStepsOfPartners(database, actor, ids),
      (row) => row.partnerId,
    ),
  };
}
