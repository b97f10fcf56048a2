import { rowsOf } from '../platform/database.ts';
import { type Actor, actorName, partnerScope } from '../shared/actor.ts';
import { CampaignNotReadyError } from './campaign.errors.ts';
import { CAMPAIGN_MANAGERS } from './campaign-access.ts';
import { CampaignApproval } from './campaign-approval.entity.ts';
import type { CampaignWrite } from './campaign-participants.ts';
import { CampaignPlanVersion, type PlanPart } from './campaign-plan-version.entity.ts';
import { type BlockerKind, findLaunchBlockers } from './launch-blockers.queries.ts';

/** Notes the plan as it stands under its number: who made it so, when, and what is new in it. */
export function notePlan({ em, campaign, platform }: CampaignWrite, actor: Actor, parts: readonly PlanPart[]): void {
  const told = { parts: [...parts], by: actorName(actor), at: platform.clock.now() };
  const { id: campaignId, planVersion: number } = campaign;
  em.create(CampaignPlanVersion, { campaignId, number, ...told }, { persist: true });
}

/**
 * Gives the plan its next number, which leaves every approval behind. Once the campaign is put forward, somebody of the
 * lead who changes it approves by doing so.
 */
export async function renewPlan(write: CampaignWrite, actor: Actor, parts: readonly PlanPart[]): Promise<void> {
  write.campaign.planVersion += 1;
  notePlan(write, actor, parts);
  if (write.campaign.state !== 'DRAFT') await approveForLead(write, actor);
}

/** Approves in the name of the lead, when the actor may speak for it: an admin may lead a campaign, and not approve it. */
export async function approveForLead(write: CampaignWrite, actor: Actor): Promise<void> {
  const { leadPartnerId } = write.campaign;
  const scope = partnerScope(actor, { memberRoles: CAMPAIGN_MANAGERS, staffRoles: [] });
  if (scope === 'ALL' || scope.includes(leadPartnerId)) await approve(write, actor, leadPartnerId);
}

/** Keeps that a partner approves of the plan as it stands. Said twice, the first word counts. */
export async function approve(write: CampaignWrite, actor: Actor, partnerId: string): Promise<void> {
  const { em, campaign, platform } = write;
  const key = { campaignId: campaign.id, partnerId, planVersion: campaign.planVersion };
  if (await em.findOne(CampaignApproval, key)) return;
  const told = { by: actorName(actor), at: platform.clock.now() };
  em.create(CampaignApproval, { id: platform.ids.next(), ...key, ...told }, { persist: true });
}

/** @param kinds those that matter; all when absent @throws CampaignNotReadyError naming everything that is missing */
export async function requireReady(write: CampaignWrite, kinds?: readonly BlockerKind[]): Promise<void> {
  const { em, campaign, platform } = write;
  await em.flush();
  const asked = { campaignIds: [campaign.id], now: platform.clock.now() };
  const blockers = await findLaunchBlockers(rowsOf<object>(em), asked);
  const relevant = blockers.filter(({ kind }) => !kinds || kinds.includes(kind));
  if (relevant.length > 0) throw new CampaignNotReadyError(relevant);
}
