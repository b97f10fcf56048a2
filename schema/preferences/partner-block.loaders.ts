import DataLoader from 'dataloader';
import { findBlockedAmong } from '../../src/preferences/index.ts';
import type { LoaderScope } from '../shared/loader.ts';

export function createPartnerBlockLoaders({ platform: { database }, actor }: LoaderScope) {
  return {
    /** False for everybody who is not signed in. */
    partnerBlocked: new DataLoader<string, boolean>(async (partnerIds) => {
      if (actor.kind !== 'USER') return partnerIds.map(() => false);
      const blocked = await findBlockedAmong(database, { userId: actor.userId, partnerIds });
      return partnerIds.map((id) => blocked.has(id));
    }),
  };
}
