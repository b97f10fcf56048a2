import { Content } from '../content/index.ts';
import { Partner } from '../partners/index.ts';
import type { EntityManager } from '../platform/database.ts';
import type { Platform } from '../platform/platform.ts';
import { type Actor, actorName } from '../shared/actor.ts';
import { check, type Participant } from './campaign.checks.ts';
import type { Campaign } from './campaign.entity.ts';
import type { CampaignState } from './campaign.state.ts';
import { CampaignContent } from './campaign-content.entity.ts';
import { CampaignPartner } from './campaign-partner.entity.ts';
import { CampaignStep } from './campaign-step.entity.ts';

/** Where the rows around a campaign are written: its transaction, and the source of ids and time. */
export interface CampaignWrite {
  readonly em: EntityManager;
  readonly campaign: Campaign;
  readonly platform: Platform;
}

/** @throws InvalidInputError when one is not active */
export async function addPartners(write: CampaignWrite, partners: readonly Participant[]): Promise<void> {
  const { em, campaign, platform } = write;
  const ids = partners.map(({ partnerId }) => partnerId);
  const active = new Set((await em.find(Partner, { id: { $in: ids }, state: 'ACTIVE' })).map(({ id }) => id));
  for (const { partnerId, role } of partners) {
    check(active.has(partnerId), 'partners', `There is no active partner ${partnerId}.`);
    const id = platform.ids.next();
    em.create(CampaignPartner, { id, campaignId: campaign.id, partnerId, role }, { persist: true });
  }
}

/**
 * @param contentIds none of them in the campaign yet
 * @throws InvalidInputError when one is not a content of a participating partner
 */
export async function addContents({ em, campaign }: CampaignWrite, contentIds: readonly string[]): Promise<void> {
  const partners = await em.find(CampaignPartner, { campaignId: campaign.id });
  const contents = await em.find(Content, {
    id: { $in: [...contentIds] },
    partnerId: { $in: partners.map(({ partnerId }) => partnerId) },
  });
  const known = new Set(contents.map(({ id }) => id));
  for (const contentId of contentIds) {
    check(known.has(contentId), 'contentIds', `No partner of the campaign has a content ${contentId}.`);
    em.create(CampaignContent, { campaignId: campaign.id, contentId }, { persist: true });
  }
}

/** Notes that the campaign is now where it is, who brought it there, and why. */
export function noteStep(
  { em, campaign, platform }: CampaignWrite,
  step: { actor: Actor; from: CampaignState | null; reason: string },
): void {
  em.create(
    CampaignStep,
    {
      id: platform.ids.next(),
      campaignId: campaign.id,
      fromState: step.from,
      toState: campaign.state,
      by: actorName(step.actor),
      reason: step.reason,
      at: platform.clock.now(),
    },
    { persist: true },
  );
}
