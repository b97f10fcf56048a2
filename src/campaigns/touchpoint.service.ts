import { sql } from 'kysely';
import type { OutboxService } from '../outbox/index.ts';
import { bulkInsert } from '../platform/bulk-insert.ts';
import { type EntityManager, rowsOf } from '../platform/database.ts';
import type { Platform } from '../platform/platform.ts';
import { type Actor, requirePartner } from '../shared/actor.ts';
import { idFromName, isUuid } from '../shared/ids.ts';
import type { Channel } from './campaign.entity.ts';
import type { CampaignState } from './campaign.state.ts';
import { CAMPAIGN_MANAGERS } from './campaign-access.ts';
import { requestRecompute } from './campaign-recompute.ts';
import {
  checkBatch,
  checkEvent,
  type EventRefusal,
  findKnownUsers,
  type IntakeFacts,
  lockReporter,
  type RecordedEvents,
  type ReportedEvent,
  sortOut,
} from './event-intake.ts';
import { findCampaignsOfPeople } from './people.queries.ts';
import { TOUCH_KINDS } from './touchpoint.entity.ts';
import { linkVisitors } from './visitor-links.ts';

export interface TouchpointEvent extends ReportedEvent {
  readonly campaignId: string | null;
  readonly channel: string | null;
}

interface ReportedCampaign {
  readonly id: string;
  readonly channels: readonly Channel[];
  readonly state: CampaignState;
}

interface TouchpointFacts extends IntakeFacts {
  readonly partnerId: string;
  readonly campaigns: ReadonlyMap<string, ReportedCampaign>;
}

type TouchpointRow = Exclude<ReturnType<typeof checkTouchpoint>, EventRefusal>;

/** States in which nobody can have met the campaign yet. */
const NOT_STARTED: readonly CampaignState[] = ['DRAFT', 'PLANNED'];

/** Contacts of people with campaigns, as partners report them. */
export class TouchpointService {
  readonly #platform: Platform;
  readonly #outbox: OutboxService;

  constructor(platform: Platform, outbox: OutboxService) {
    this.#platform = platform;
    this.#outbox = outbox;
  }

  /**
   * Takes a partner's touchpoints, late and out of order as they may be. A bad event is refused by its place and the
   * good ones go in. An event is known by partner and event id: told again, in any batch, it counts as a duplicate, and
   * what was told first stands. The campaigns concerned are worked out again soon after.
   *
   * @param batch `events`: from 1 to `MAX_EVENTS`
   * @throws InvalidInputError when there are no events, or too many
   * @throws ForbiddenError for anybody but an owner or manager of the partner
   */
  async record(
    actor: Actor,
    { partnerId, events }: { partnerId: string; events: readonly TouchpointEvent[] },
  ): Promise<RecordedEvents> {
    requirePartner(actor, partnerId, { memberRoles: CAMPAIGN_MANAGERS });
    checkBatch(events);
    const now = this.#platform.clock.now();
    return this.#platform.database.transaction(async (em) => {
      await lockReporter(em, partnerId);
      const campaigns = await findReportedCampaigns(em, { partnerId, events });
      const facts: TouchpointFacts = { partnerId, now, campaigns, userIds: await findKnownUsers(em, events) };
      const { rows, refused } = sortOut(events, (event) => checkTouchpoint(event, facts));
      const accepted = await bulkInsert(em, 'touchpoints', rows);
      if (accepted > 0) await this.#followUp(em, actor, rows);
      return { accepted, duplicates: rows.length - accepted, refused };
    });
  }

  /** The campaigns met, and those that share people who converted since: their credit may change hands. */
  async #followUp(em: EntityManager, actor: Actor, rows: readonly TouchpointRow[]): Promise<void> {
    const linked = await linkVisitors(em, rows);
    const earliestMs = Math.min(...rows.map((row) => row.occurred_at.getTime()));
    const sharing = await findCampaignsOfPeople(em, {
      table: 'touchpoints',
      ids: rows.map((row) => row.id),
      // A new link brings older touchpoints to the account, and so to older conversions.
      convertedSince: linked > 0 ? null : new Date(earliestMs),
    });
    const campaignIds = [...rows.map((row) => row.campaign_id), ...sharing];
    await requestRecompute(this.#outbox, em, { campaignIds, requestedBy: actor });
  }
}

function checkTouchpoint(event: TouchpointEvent, facts: TouchpointFacts) {
  const columns = checkEvent(event, facts);
  if (typeof columns === 'string') return columns;
  const kind = TOUCH_KINDS.find((known) => known === event.kind);
  if (!kind) return 'KIND_UNKNOWN';
  const campaign = facts.campaigns.get(event.campaignId ?? '');
  if (!campaign) return 'UNKNOWN_CAMPAIGN';
  if (NOT_STARTED.includes(campaign.state)) return 'CAMPAIGN_NOT_STARTED';
  const channel = campaign.channels.find((known) => known === event.channel);
  if (!channel) return 'CHANNEL_NOT_OF_CAMPAIGN';
  const { eventId, ...times } = columns;
  const id = idFromName(`touchpoint:${facts.partnerId}`, eventId);
  return { id, campaign_id: campaign.id, partner_id: facts.partnerId, channel, kind, ...times };
}

/** Of the campaigns named, those that the partner takes part in. */
async function findReportedCampaigns(
  em: EntityManager,
  { partnerId, events }: { partnerId: string; events: readonly TouchpointEvent[] },
): Promise<Map<string, ReportedCampaign>> {
  const ids = [...new Set(events.flatMap(({ campaignId }) => campaignId ?? []))].filter(isUuid);
  const { rows } = await sql<ReportedCampaign>`
    select k.id, k.channels, k.state
    from campaigns k join campaign_partners cp on cp.campaign_id = k.id
    where cp.partner_id = ${partnerId} and k.id = any(${ids}::uuid[])`.execute(rowsOf(em));
  return new Map(rows.map((campaign) => [campaign.id, campaign]));
}
