import { CHANNELS, TOUCH_KINDS } from '../../campaigns/index.ts';
import { idFromNameSql } from '../id-from-name.sql.ts';
import { requestCampaignRecompute } from './campaign-recompute.ts';
import { optional, RefusedCellError, required } from './columns.ts';
import { choice, instant, reference, visibleAscii } from './fields.ts';
import { defineImporter, type MergeContext, STAGED } from './importer.ts';
import { refuseOutOfTime } from './merge.sql.ts';
import { idsOf, resolve } from './references.ts';

/** Contacts of people with campaigns. */
export const touchpointsImporter = defineImporter({
  kind: 'touchpoints',
  summary: 'contacts of people with campaigns',
  notes:
    'An event is known by partner and event_id, as those that partners report through the API are: told again it counts ' +
    'as unchanged. A line with learner and visitor ties the pseudonym to the account. Credit and figures of the campaigns ' +
    'are worked out again by the workers.',
  columns: {
    event_id: required(visibleAscii(128), 'name of the event in the system of the partner', 'clk-20260301-88'),
    campaign: required(reference(), 'id of the campaign, or its name where only one has it', 'Spring of skills'),
    partner: required(reference(), 'external_ref or id of the partner that made the contact', 'press:42'),
    channel: required(choice(CHANNELS), CHANNELS.join(', '), 'EMAIL'),
    kind: required(choice(TOUCH_KINDS), TOUCH_KINDS.join(', '), 'CLICK'),
    user: optional(reference(), 'external_ref, id or e-mail address of the learner', 'crm:1041'),
    visitor_id: optional(visibleAscii(128), 'pseudonym of the person; this or the learner, or both', 'v-3f9a'),
    occurred_at: required(instant(), 'ISO 8601 with offset', '2026-03-01T09:30:00+08:00'),
  },
  staging: {
    event_id: 'text',
    campaign: 'text',
    partner: 'text',
    channel: 'text',
    kind: 'text',
    user: 'text',
    visitor_id: 'text',
    occurred_at: 'timestamptz',
  },
  tables: ['touchpoints', 'visitor_links'],
  stage(row) {
    const { user = null, visitor_id = null } = row;
    if (!user && !visitor_id) throw new RefusedCellError('user', 'and visitor_id are both missing');
    return { ...row, user, visitor_id };
  },
  async merge(context) {
    await resolve(context, { column: 'campaign', table: 'campaigns', by: ['name'], what: 'campaign' });
    await resolve(context, { column: 'partner', table: 'partners', by: ['external_ref'], what: 'partner' });
    await resolve(context, { column: 'user', table: 'users', by: ['external_ref', 'email'], what: 'learner' });
    await refuseOutOfTime(context, 'occurred_at');
    await refuseStrangers(context);
    const inserted = await insertTouchpoints(context);
    if (inserted > 0) {
      await linkVisitors(context);
      await requestCampaignRecompute(context);
    }
    return { inserted, updated: 0 };
  },
});

const CAMPAIGN = `${STAGED} join ${idsOf('campaign')} campaign_id on campaign_id.ref = ${STAGED}.campaign
  join campaigns on campaigns.id = campaign_id.id`;
const PARTNER = `join ${idsOf('partner')} partner_id on partner_id.ref = ${STAGED}.partner`;
const USER = `left join ${idsOf('user')} user_id on user_id.ref = ${STAGED}."user"`;

/** A contact must be possible: the campaign had begun, has the channel, and the partner takes part. */
async function refuseStrangers({ refuse }: MergeContext): Promise<void> {
  await refuse(`
    select line, 'campaign' as column_name, 'has not started' as reason
    from ${CAMPAIGN} where campaigns.state in ('DRAFT', 'PLANNED')`);
  await refuse(`
    select line, 'channel' as column_name, 'is not one of the campaign' as reason
    from ${CAMPAIGN} where not channel = any(campaigns.channels)`);
  await refuse(`
    select line, 'partner' as column_name, 'does not take part in the campaign' as reason
    from ${CAMPAIGN} ${PARTNER} where not exists (
      select from campaign_partners part where part.campaign_id = campaigns.id and part.partner_id = partner_id.id)`);
}

/** In the order of the file, since the order of arrival breaks ties between contacts of the same instant. */
function insertTouchpoints({ session, now }: MergeContext): Promise<number> {
  return session.execute(
    `insert into touchpoints
       (id, campaign_id, partner_id, channel, kind, user_id, visitor_id, occurred_at, received_at)
     select ${idFromNameSql("concat('touchpoint:', partner_id.id)", 'event_id')}, campaign_id.id, partner_id.id, channel,
       kind, user_id.id, visitor_id, occurred_at, $1
     from ${CAMPAIGN} ${PARTNER} ${USER}
     order by line
     on conflict (id) do nothing`,
    [now],
  );
}

/** The first account that a pseudonym was seen with keeps it. */
async function linkVisitors({ session, now }: MergeContext): Promise<void> {
  await session.execute(
    `insert into visitor_links (visitor_id, user_id, seen_at)
     select distinct on (visitor_id) visitor_id, user_id.id, $1::timestamptz
     from ${STAGED} ${USER} where visitor_id is not null and user_id.id is not null
     order by visitor_id, line
     on conflict (visitor_id) do nothing`,
    [now],
  );
}
