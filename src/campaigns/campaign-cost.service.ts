import type { InferKyselyDB } from '@mikro-orm/postgresql';
import type { OutboxService } from '../outbox/index.ts';
import { rowsOf } from '../platform/database.ts';
import type { Platform } from '../platform/platform.ts';
import { type Actor, type MemberRole, requirePartner } from '../shared/actor.ts';
import { ForbiddenError } from '../shared/domain-error.ts';
import { check } from './campaign.checks.ts';
import { Campaign, type Channel } from './campaign.entity.ts';
import type { CampaignCostSchema } from './campaign-cost.entity.ts';
import { CampaignPartner } from './campaign-partner.entity.ts';
import { checkDay } from './metrics-span.ts';

type Tables = InferKyselyDB<typeof CampaignCostSchema>;

export interface CampaignCostInput {
  readonly campaignId: string;
  /** Who spent it. */
  readonly partnerId: string;
  readonly channel: Channel;
  /** UTC, `2026-10-31`. */
  readonly day: string;
  /** In the campaign's currency: all that was spent on the channel that day. */
  readonly costMinor: bigint;
}

/** More than any day costs, and so little that the sum over all partners, channels and days stays a bigint. */
const MAX_COST_MINOR = 10n ** 12n;
const COST_REPORTERS: readonly MemberRole[] = ['OWNER', 'MANAGER', 'FINANCE'];

/** What partners spend on campaigns. */
export class CampaignCostService {
  readonly #platform: Platform;
  readonly #outbox: OutboxService;

  constructor(platform: Platform, outbox: OutboxService) {
    this.#platform = platform;
    this.#outbox = outbox;
  }

  /**
   * Sets what a partner spent on a channel on a day; said again, the later word stands.
   *
   * @throws InvalidInputError for a negative or absurd cost, a day that is none, or a channel that the campaign does not use
   * @throws ForbiddenError unless the actor is an owner, manager or finance member of the partner, which takes part
   */
  async record(actor: Actor, input: CampaignCostInput): Promise<CampaignCostInput> {
    requirePartner(actor, input.partnerId, { memberRoles: COST_REPORTERS });
    const isCost = input.costMinor >= 0n && input.costMinor <= MAX_COST_MINOR;
    check(isCost, 'costMinor', `A cost is from 0 to ${MAX_COST_MINOR} minor units.`);
    checkDay('day', input.day);
    const { campaignId, partnerId, channel, day, costMinor } = input;
    return this.#platform.database.transaction(async (em) => {
      const campaign = await em.findOne(Campaign, { id: campaignId });
      const takesPart = campaign && (await em.findOne(CampaignPartner, { campaignId, partnerId }));
      if (!takesPart) throw new ForbiddenError();
      check(campaign.channels.includes(channel), 'channel', `The campaign does not use ${channel}.`);
      await rowsOf<Tables>(em)
        .insertInto('campaign_costs')
        .values({
          id: this.#platform.ids.next(),
          campaign_id: campaignId,
          partner_id: partnerId,
          channel,
          day,
          cost_minor: costMinor,
        })
        .onConflict((on) =>
          on.columns(['campaign_id', 'partner_id', 'channel', 'day']).doUpdateSet({ cost_minor: costMinor }),
        )
        .execute();
      const payload = { campaignId };
      await this.#outbox.enqueueOnce(em, { job: 'refresh-campaign-metrics', payload, requestedBy: actor });
      return input;
    });
  }
}
