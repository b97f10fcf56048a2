import { type RawBuilder, sql } from 'kysely';
import { type EntityManager, rowsOf } from '../platform/database.ts';
import { type AttributionWindows, windowOf } from './attribution-window.ts';
import type { Channel } from './campaign.entity.ts';
import type { ConversionKind } from './conversion.entity.ts';
import { eventsOfPeople, eventsWithIds, identitiesOf, instant } from './people.queries.ts';
import type { TouchKind } from './touchpoint.entity.ts';

export interface JourneyConversion {
  readonly id: string;
  /** Same for all events of one person; opaque. */
  readonly person: string;
  readonly kind: ConversionKind;
  readonly orderId: string | null;
  readonly valueMinor: bigint;
  readonly refundedMinor: bigint;
  readonly currency: string;
  readonly occurredAt: Date;
  readonly sequence: bigint;
}

/** A touchpoint with the windows of its own campaign. */
export interface JourneyTouch extends AttributionWindows {
  readonly id: string;
  readonly person: string;
  readonly campaignId: string;
  readonly partnerId: string;
  readonly channel: Channel;
  readonly kind: TouchKind;
  readonly occurredAt: Date;
  readonly sequence: bigint;
}

/** Everything that decides who gets credit for some conversions. */
export interface JourneyEvents {
  /** All conversions of the people concerned, those not asked for too: they end journeys. */
  readonly conversions: readonly JourneyConversion[];
  /** Touchpoints of all campaigns that may lie in a window of a conversion asked for; which do is not decided here. */
  readonly touches: readonly JourneyTouch[];
}

/**
 * The events around some conversions, by two statements however many conversions there are.
 *
 * @param knownAt what arrived later is left out, save the conversions asked for; null takes everything
 */
export async function findJourneyEvents(
  em: EntityManager,
  { conversionIds, knownAt }: { conversionIds: readonly string[]; knownAt: Date | null },
): Promise<JourneyEvents> {
  if (conversionIds.length === 0) return { conversions: [], touches: [] };
  const identities = identitiesOf(eventsWithIds('conversions', conversionIds), knownAt);
  const known = instant(knownAt, 'infinity');
  const conversions = await sql<JourneyConversion>`
    with ${identities}
    select c.id, c.person, c.kind, c.order_id as "orderId", c.value_minor as "valueMinor",
           c.refunded_minor as "refundedMinor", c.currency, c.occurred_at as "occurredAt", c.sequence
    from ${eventsOfPeople('conversions')} c
    where c.received_at <= ${known} or c.id = any(${conversionIds}::uuid[])`.execute(rowsOf(em));
  const touches = await sql<JourneyTouch>`
    with ${identities}, ${spanOf(conversionIds)}
    select t.id, t.person, t.campaign_id as "campaignId", t.partner_id as "partnerId", t.channel,
           t.kind, k.attribution_window_days as "attributionWindowDays", k.view_window_days as "viewWindowDays",
           t.occurred_at as "occurredAt", t.sequence
    from span, ${eventsOfPeople('touchpoints')} t join campaigns k on k.id = t.campaign_id
    where t.received_at <= ${known} and t.occurred_at <= span.until
      and t.occurred_at >= span.since - ${windowOf('t', 'k')}`.execute(rowsOf(em));
  return { conversions: conversions.rows, touches: touches.rows };
}

/** Conversions of people whom the campaign touched, as far as its windows can reach; oldest first. */
export async function findConversionsInReach(em: EntityManager, campaignId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with ${identitiesOf(touchesOfCampaign(campaignId), null)},
    span as (
      select min(t.occurred_at) as since, max(t.occurred_at + ${windowOf('t', 'k')}) as until
      from campaigns k join touchpoints t on t.campaign_id = k.id
      where k.id = ${campaignId}
    )
    select c.id from span, ${eventsOfPeople('conversions')} c
    where c.occurred_at between span.since and span.until
    order by c.occurred_at, c.sequence`.execute(rowsOf(em));
  return rows.map((row) => row.id);
}

/** The conversions of some orders. */
export async function findConversionsOfOrders(em: EntityManager, orderIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from conversions where order_id = any(${orderIds}::uuid[])`.execute(rowsOf(em));
  return rows.map((row) => row.id);
}

export function touchesOfCampaign(campaignId: string): RawBuilder<unknown> {
  return sql`(select user_id, visitor_id from touchpoints where campaign_id = ${campaignId})`;
}

function spanOf(conversionIds: readonly string[]): RawBuilder<unknown> {
  return sql`span as (
    select min(occurred_at) as since, max(occurred_at) as until from conversions
    where id = any(${conversionIds}::uuid[])
  )`;
}
