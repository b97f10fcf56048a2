import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '../platform/database.ts';
import { type Actor, type MemberRole, partnerScope, requireUser } from '../shared/actor.ts';
import { ForbiddenError, InvalidInputError } from '../shared/domain-error.ts';
import { Campaign } from './campaign.entity.ts';
import { CampaignOverError, CampaignStateError } from './campaign.errors.ts';
import type { PartnerScope } from './campaign.queries.ts';
import { CampaignPartner } from './campaign-partner.entity.ts';

/** Member roles that may change a campaign in their partner's name. */
export const CAMPAIGN_MANAGERS: readonly MemberRole[] = ['OWNER', 'MANAGER'];

/** Members of a participating partner, whatever their role, and staff. */
export function viewScope(actor: Actor): PartnerScope {
  return partnerScope(actor, { staffRoles: ['ADMIN', 'FINANCE'] });
}

/**
 * The campaign with its row locked, for an owner or manager of its lead partner, or an admin.
 *
 * @throws UnauthenticatedError, ForbiddenError
 */
export async function lockLedCampaign(em: EntityManager, actor: Actor, campaignId: string): Promise<Campaign> {
  const scope = partnerScope(actor, { memberRoles: CAMPAIGN_MANAGERS });
  const led = scope === 'ALL' ? {} : { leadPartnerId: { $in: [...scope] } };
  const campaign = await em.findOne(Campaign, { id: campaignId, ...led }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!campaign) throw refusal(actor);
  return campaign;
}

/** The campaign with its row locked, whoever asks. @throws UnauthenticatedError, ForbiddenError when there is none */
export async function lockAnyCampaign(em: EntityManager, actor: Actor, campaignId: string): Promise<Campaign> {
  const campaign = await em.findOne(Campaign, { id: campaignId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!campaign) throw refusal(actor);
  return campaign;
}

/**
 * The campaign with its row locked, for what belongs to one of its partners: an owner or manager of that partner or of
 * the lead may change it, and an admin.
 *
 * @throws UnauthenticatedError, ForbiddenError also when the partner takes no part, should that be the actor's own
 * @throws InvalidInputError when somebody who decides on the campaign names a partner that takes no part
 */
export async function lockCampaignFor(
  em: EntityManager,
  actor: Actor,
  { campaignId, partnerId }: { campaignId: string; partnerId: string },
): Promise<Campaign> {
  const campaign = await em.findOne(Campaign, { id: campaignId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!campaign || !mayActFor(actor, campaign, partnerId)) throw refusal(actor);
  if (await em.findOne(CampaignPartner, { campaignId, partnerId })) return campaign;
  if (decidesOn(actor, campaign))
    throw new InvalidInputError('partnerId', 'The partner takes no part in the campaign.');
  throw refusal(actor);
}

/**
 * The campaign that something of a partner belongs to, for those who may change it.
 *
 * @param isKnownToMay lets pass who may for a reason of its own
 * @throws UnauthenticatedError, ForbiddenError
 */
export async function requirePartOf(
  em: EntityManager,
  actor: Actor,
  part: { campaignId: string; partnerId: string },
  isKnownToMay = false,
): Promise<Campaign> {
  const campaign = await em.findOneOrFail(Campaign, { id: part.campaignId });
  if (!isKnownToMay && !mayActFor(actor, campaign, part.partnerId)) throw refusal(actor);
  return campaign;
}

/** Owners and managers of the lead partner decide, and admins. */
export function decidesOn(actor: Actor, { leadPartnerId }: Campaign): boolean {
  const scope = partnerScope(actor, { memberRoles: CAMPAIGN_MANAGERS });
  return scope === 'ALL' || scope.includes(leadPartnerId);
}

/** Those who decide, and owners and managers of the partner itself. */
function mayActFor(actor: Actor, campaign: Campaign, partnerId: string): boolean {
  const scope = partnerScope(actor, { memberRoles: CAMPAIGN_MANAGERS });
  return scope === 'ALL' || scope.includes(partnerId) || scope.includes(campaign.leadPartnerId);
}

/** @throws CampaignOverError */
export function requireOpen({ state }: Campaign): void {
  if (state === 'ENDED' || state === 'SETTLED') throw new CampaignOverError(state);
}

/**
 * What was approved by every partner is not changed while it runs.
 *
 * @throws CampaignOverError
 * @throws CampaignStateError while the campaign is LIVE
 */
export function requireStill(campaign: Campaign): void {
  requireOpen(campaign);
  if (campaign.state !== 'LIVE') return;
  throw new CampaignStateError(campaign.state, 'The campaign is LIVE: pause it before its plan changes.');
}

/** @throws UnauthenticatedError when nobody is signed in */
export function refusal(actor: Actor): ForbiddenError {
  requireUser(actor);
  return new ForbiddenError();
}
