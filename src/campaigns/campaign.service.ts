import type { OutboxService } from '../outbox/index.ts';
import type { Platform } from '../platform/platform.ts';
import { type Actor, partnerScope, requirePartner } from '../shared/actor.ts';
import { requireText } from '../shared/input.ts';
import type { Page, PageRequest } from '../shared/page.ts';
import {
  type CreateCampaignInput,
  check,
  checkCampaign,
  MAX_CONTENTS,
  MAX_PARTICIPANTS,
  type Participant,
} from './campaign.checks.ts';
import { Campaign } from './campaign.entity.ts';
import { type CampaignRow, findCampaignIdsIn, findCampaignPage, findCampaignsByIds } from './campaign.queries.ts';
import type { CampaignState } from './campaign.state.ts';
import { CAMPAIGN_MANAGERS, lockLedCampaign, refusal, requireStill, viewScope } from './campaign-access.ts';
import { CampaignContent } from './campaign-content.entity.ts';
import { addContents, addPartners, type CampaignWrite, noteStep } from './campaign-participants.ts';
import { CampaignPartner } from './campaign-partner.entity.ts';
import { approveForLead, notePlan, renewPlan, requireReady } from './campaign-plan.ts';

/** Joint campaigns: who takes part, what they promote, where they stand. The lead partner decides. */
export class CampaignService {
  readonly #platform: Platform;
  readonly #outbox: OutboxService;

  constructor(platform: Platform, outbox: OutboxService) {
    this.#platform = platform;
    this.#outbox = outbox;
  }

  /**
   * Makes a campaign in DRAFT, for an owner or manager of its lead partner.
   *
   * @throws InvalidInputError naming the field
   * @throws ForbiddenError for anybody else
   */
  async create(actor: Actor, input: CreateCampaignInput): Promise<CampaignRow> {
    requirePartner(actor, input.leadPartnerId, { memberRoles: CAMPAIGN_MANAGERS });
    const { leadPartnerId, partners, contentIds, ...facts } = checkCampaign(input);
    const { database, ids, clock } = this.#platform;
    return database.transaction(async (em) => {
      const data = {
        ...facts,
        id: ids.next(),
        state: 'DRAFT' as const,
        leadPartnerId,
        channels: [...facts.channels],
        planVersion: 1,
        createdAt: clock.now(),
      };
      const campaign = em.create(Campaign, data, { persist: true });
      const write = { em, campaign, platform: this.#platform };
      noteStep(write, { actor, from: null, reason: 'Created.' });
      notePlan(write, actor, ['CREATION']);
      await addPartners(write, [{ partnerId: leadPartnerId, role: 'LEAD' }, ...partners]);
      await em.flush();
      await addContents(write, contentIds);
      return data;
    });
  }

  /**
   * @throws InvalidInputError when the partner is not active, takes part already, or would be a second lead
   * @throws CampaignStateError while the campaign is LIVE; CampaignOverError
   * @throws ForbiddenError for anybody but an owner or manager of the lead partner
   */
  async addPartner(
    actor: Actor,
    { campaignId, ...partner }: Participant & { campaignId: string },
  ): Promise<CampaignRow> {
    check(partner.role !== 'LEAD', 'role', 'A campaign has one lead.');
    return this.#change(actor, campaignId, async (write) => {
      requireStill(write.campaign);
      const participants = await write.em.find(CampaignPartner, { campaignId });
      check(participants.length < MAX_PARTICIPANTS, 'partnerId', `At most ${MAX_PARTICIPANTS} partners take part.`);
      const isNew = participants.every(({ partnerId }) => partnerId !== partner.partnerId);
      check(isNew, 'partnerId', 'The partner takes part already.');
      await addPartners(write, [partner]);
      await renewPlan(write, actor, ['PARTNERS']);
    });
  }

  /**
   * Adds contents of participating partners; those that are in already stay.
   *
   * @throws InvalidInputError when a content is not one of a participating partner
   * @throws CampaignStateError while the campaign is LIVE; CampaignOverError
   * @throws ForbiddenError for anybody but an owner or manager of the lead partner
   */
  async addContents(actor: Actor, input: { campaignId: string; contentIds: readonly string[] }): Promise<CampaignRow> {
    return this.#change(actor, input.campaignId, async (write) => {
      requireStill(write.campaign);
      const present = await write.em.find(CampaignContent, { campaignId: input.campaignId });
      const known = new Set(present.map(({ contentId }) => contentId));
      const added = [...new Set(input.contentIds)].filter((id) => !known.has(id));
      check(known.size + added.length <= MAX_CONTENTS, 'contentIds', `At most ${MAX_CONTENTS} contents.`);
      if (added.length === 0) return;
      await addContents(write, added);
      await renewPlan(write, actor, ['CONTENTS']);
    });
  }

  /**
   * Takes one step of the lifecycle and notes who took it and why. Somebody of the lead who puts the campaign forward
   * approves by doing so.
   *
   * @throws IllegalTransitionError
   * @throws CampaignNotReadyError when it is to go LIVE and something is missing (`findLaunchBlockers`)
   * @throws ForbiddenError for anybody but an owner or manager of the lead partner
   */
  async move(
    actor: Actor,
    { campaignId, to, reason }: { campaignId: string; to: CampaignState; reason: string },
  ): Promise<CampaignRow> {
    const why = requireText('reason', reason, { maxLength: 500, multiline: true });
    return this.#change(actor, campaignId, async (write) => {
      const from = write.campaign.state;
      write.campaign.moveTo(to);
      if (to === 'PLANNED') await approveForLead(write, actor);
      if (to === 'LIVE') await requireReady(write);
      noteStep(write, { actor, from, reason: why });
    });
  }

  /**
   * Asks for the figures and the credit to be worked out again, by an owner or manager of any partner that takes part.
   *
   * @returns the ids of the jobs
   * @throws ForbiddenError for anybody else
   */
  async refresh(actor: Actor, campaignId: string): Promise<{ metricsJobId: string; attributionJobId: string }> {
    const scope = partnerScope(actor, { memberRoles: CAMPAIGN_MANAGERS });
    const [campaign] = await findCampaignsByIds(this.#platform.database, { ids: [campaignId], scope });
    if (!campaign) throw refusal(actor);
    const job = { payload: { campaignId }, requestedBy: actor };
    return this.#platform.database.transaction(async (em) => ({
      metricsJobId: this.#outbox.enqueue(em, { job: 'refresh-campaign-metrics', ...job }),
      attributionJobId: this.#outbox.enqueue(em, { job: 'attribute-campaign', ...job }),
    }));
  }

  /** A campaign, for members of its partners and for staff; null when there is none, or it is none of theirs. */
  async findVisible(actor: Actor, campaignId: string): Promise<CampaignRow | null> {
    const scope = viewScope(actor);
    const [campaign] = await findCampaignsByIds(this.#platform.database, { ids: [campaignId], scope });
    return campaign ?? null;
  }

  /**
   * As `findVisible`, telling those who may not see every campaign that they may not see this one, should there be one.
   *
   * @throws UnauthenticatedError
   * @throws ForbiddenError
   */
  async find(actor: Actor, campaignId: string): Promise<CampaignRow | null> {
    const campaign = await this.findVisible(actor, campaignId);
    if (!campaign && viewScope(actor) !== 'ALL') throw refusal(actor);
    return campaign;
  }

  /** The campaigns that the actor may see, the latest start first. @throws UnauthenticatedError */
  async findPage(actor: Actor, request: PageRequest): Promise<Page<CampaignRow>> {
    if (actor.kind === 'ANONYMOUS') throw refusal(actor);
    return findCampaignPage(this.#platform.database, { request, scope: viewScope(actor) });
  }

  /** The campaigns that have begun and are not settled: those whose figures can still change. */
  listOpenIds(): Promise<string[]> {
    return findCampaignIdsIn(this.#platform.database, ['LIVE', 'PAUSED', 'ENDED']);
  }

  /** Runs `work` on a campaign that the actor's partner leads, with the row locked. */
  async #change(actor: Actor, campaignId: string, work: (write: CampaignWrite) => Promise<void>): Promise<CampaignRow> {
    return this.#platform.database.transaction(async (em) => {
      const campaign = await lockLedCampaign(em, actor, campaignId);
      await work({ em, campaign, platform: this.#platform });
      return campaign;
    });
  }
}
