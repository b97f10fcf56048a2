import { rowsOf } from '../platform/database.ts';
import type { Platform } from '../platform/platform.ts';
import { type Actor, requirePartner } from '../shared/actor.ts';
import { ForbiddenError } from '../shared/domain-error.ts';
import { check, checkChannels, checkSpan } from './campaign.checks.ts';
import type { Channel } from './campaign.entity.ts';
import { CampaignStateError, PlanChangedError } from './campaign.errors.ts';
import type { CampaignRow } from './campaign.queries.ts';
import type { CampaignState } from './campaign.state.ts';
import { CAMPAIGN_MANAGERS, lockAnyCampaign, lockLedCampaign, requireStill } from './campaign-access.ts';
import { CampaignBudgetShare } from './campaign-budget-share.entity.ts';
import type { CampaignWrite } from './campaign-participants.ts';
import { CampaignPartner } from './campaign-partner.entity.ts';
import { findUsedChannels } from './campaign-plan.queries.ts';
import { approve, renewPlan, requireReady } from './campaign-plan.ts';
import type { PlanPart } from './campaign-plan-version.entity.ts';

/** What of a campaign's plan is to change; what is absent stays. */
export interface PlanChange {
  readonly campaignId: string;
  readonly channels?: readonly Channel[] | undefined;
  readonly startsAt?: Date | undefined;
  readonly endsAt?: Date | undefined;
}

export interface BudgetInput {
  readonly campaignId: string;
  readonly budgetMinor: bigint;
  /** Who pays what of it, in minor units of the campaign's currency: they sum to the budget. None: the lead pays all. */
  readonly shares: readonly { readonly partnerId: string; readonly amountMinor: bigint }[];
}

/** States in which a plan is before the partners. */
const APPROVABLE: readonly CampaignState[] = ['PLANNED', 'PAUSED'];

/** What partners of a campaign agree on: every change asks all of them again. */
export class CampaignPlanService {
  readonly #platform: Platform;

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  /**
   * Changes channels and dates.
   *
   * @throws InvalidInputError naming the field; also for a channel that goes while something is made for it
   * @throws CampaignNotReadyError when the campaign is put forward and would outlive a contract or a licence
   * @throws CampaignStateError while the campaign is LIVE; CampaignOverError
   * @throws ForbiddenError for anybody but an owner or manager of the lead partner, and admins
   */
  async change(actor: Actor, { campaignId, channels, startsAt, endsAt }: PlanChange): Promise<CampaignRow> {
    return this.#renew(actor, campaignId, async ({ em, campaign, platform }) => {
      const parts: PlanPart[] = [];
      if (channels && !isSameSet(channels, campaign.channels)) {
        checkChannels(channels);
        await requireUnused({ em, campaign, platform }, channels);
        campaign.channels = [...channels];
        parts.push('CHANNELS');
      }
      const span = { startsAt: startsAt ?? campaign.startsAt, endsAt: endsAt ?? campaign.endsAt };
      const isMoved = +span.startsAt !== +campaign.startsAt || +span.endsAt !== +campaign.endsAt;
      if (!isMoved) return parts;
      checkSpan(span);
      Object.assign(campaign, span);
      const isPutForward = campaign.state !== 'DRAFT';
      if (isPutForward) await requireReady({ em, campaign, platform }, ['CONTRACT_MISSING', 'LICENCE_MISSING']);
      return [...parts, 'DATES'];
    });
  }

  /**
   * Sets the budget, and who pays what of it.
   *
   * @throws InvalidInputError when the shares do not sum to the budget, one is negative, or one is of a stranger
   * @throws CampaignStateError while the campaign is LIVE; CampaignOverError
   * @throws ForbiddenError for anybody but an owner or manager of the lead partner, and admins
   */
  async setBudget(actor: Actor, input: BudgetInput): Promise<CampaignRow> {
    const { campaignId, budgetMinor, shares } = input;
    checkShares(input);
    return this.#renew(actor, campaignId, async ({ em, campaign }) => {
      const partners = new Set((await em.find(CampaignPartner, { campaignId })).map(({ partnerId }) => partnerId));
      for (const [at, { partnerId }] of shares.entries()) {
        check(partners.has(partnerId), `shares.${at}.partnerId`, 'The partner takes no part in the campaign.');
      }
      campaign.budgetMinor = budgetMinor;
      await em.nativeDelete(CampaignBudgetShare, { campaignId });
      for (const share of shares) em.create(CampaignBudgetShare, { campaignId, ...share }, { persist: true });
      return ['BUDGET'];
    });
  }

  /**
   * Approves the plan in the name of a partner that takes part.
   *
   * @param input `planVersion`: the number of the plan that the partner has read
   * @throws PlanChangedError when the plan has another number by now
   * @throws CampaignStateError unless the campaign is put forward: PLANNED, or PAUSED
   * @throws ForbiddenError for anybody but an owner or manager of the partner, and when it takes no part
   */
  async approve(
    actor: Actor,
    { campaignId, partnerId, planVersion }: { campaignId: string; partnerId: string; planVersion: number },
  ): Promise<CampaignRow> {
    requirePartner(actor, partnerId, { memberRoles: CAMPAIGN_MANAGERS, staffRoles: [] });
    return this.#platform.database.transaction(async (em) => {
      const campaign = await lockAnyCampaign(em, actor, campaignId);
      if (!(await em.findOne(CampaignPartner, { campaignId, partnerId }))) throw new ForbiddenError();
      if (!APPROVABLE.includes(campaign.state)) {
        throw new CampaignStateError(
          campaign.state,
          `A plan is approved while it is put forward, not ${campaign.state}.`,
        );
      }
      if (planVersion !== campaign.planVersion) throw new PlanChangedError(campaign.planVersion);
      await approve({ em, campaign, platform: this.#platform }, actor, partnerId);
      return campaign;
    });
  }

  /** Runs `work` on a campaign that stands still; unless it changed nothing, the plan gets its next number. */
  async #renew(
    actor: Actor,
    campaignId: string,
    work: (write: CampaignWrite) => Promise<readonly PlanPart[]>,
  ): Promise<CampaignRow> {
    return this.#platform.database.transaction(async (em) => {
      const campaign = await lockLedCampaign(em, actor, campaignId);
      requireStill(campaign);
      const write = { em, campaign, platform: this.#platform };
      const parts = await work(write);
      if (parts.length > 0) await renewPlan(write, actor, parts);
      return campaign;
    });
  }
}

function checkShares({ budgetMinor, shares }: BudgetInput): void {
  check(budgetMinor >= 0n, 'budgetMinor', 'A budget is not negative.');
  const seen = new Set<string>();
  for (const [at, { partnerId, amountMinor }] of shares.entries()) {
    check(amountMinor >= 0n, `shares.${at}.amountMinor`, 'A share is not negative.');
    check(!seen.has(partnerId), `shares.${at}.partnerId`, 'A partner has one share.');
    seen.add(partnerId);
  }
  if (shares.length === 0) return;
  const sum = shares.reduce((total, { amountMinor }) => total + amountMinor, 0n);
  check(sum === budgetMinor, 'shares', `The shares sum to ${sum}, and the budget is ${budgetMinor}.`);
}

function isSameSet(left: readonly Channel[], right: readonly Channel[]): boolean {
  return left.length === right.length && left.every((channel) => right.includes(channel));
}

/** @throws InvalidInputError when costs were told for a channel that goes */
async function requireUnused({ em, campaign }: CampaignWrite, channels: readonly Channel[]): Promise<void> {
  const gone = campaign.channels.filter((channel) => !channels.includes(channel));
  const used = await findUsedChannels(rowsOf<object>(em), campaign.id);
  const kept = gone.filter((channel) => used.includes(channel));
  check(kept.length === 0, 'channels', `${kept.join(' and ')} must stay: something was made or paid for it.`);
}
