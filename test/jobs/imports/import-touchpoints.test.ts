import { describe, expect, it } from 'vitest';
import { idFromName } from '../../../src/shared/ids.ts';
import { aCampaign } from '../../support/campaigns.ts';
import { importFiles } from '../../support/import-files.ts';
import { csv, importText, select } from '../../support/imports.ts';
import { aPartner } from '../../support/partners.ts';
import { aLearner } from '../../support/people.ts';
import { startTestApp } from '../../support/test-app.ts';

const HEADER = ['event_id', 'campaign', 'partner', 'channel', 'kind', 'user', 'visitor_id', 'occurred_at'];
const AT = '2026-10-05T08:00:00Z';

describe('importing touchpoints', () => {
  it('takes them in the order of the file, ties pseudonyms to accounts and has the campaign worked out again', async () => {
    await using app = await startTestApp();
    await using files = await importFiles();
    const campaign = await aCampaign(app, { name: '秋季' });
    const learner = await aLearner(app);
    const partner = campaign.leadPartnerId;
    const content = csv(
      HEADER,
      ['e-2', campaign.id, partner, 'SOCIAL', 'CLICK', learner.id, 'v-1', AT],
      ['e-1', '秋季', partner, 'EMAIL', 'IMPRESSION', '', 'v-1', AT],
      ['e-2', campaign.id, partner, 'SOCIAL', 'CLICK', learner.id, 'v-1', AT],
    );
    const run = () => importText(app, files, { kind: 'touchpoints', name: 't.csv', content });
    expect((await run()).counts.touchpoints).toEqual({ read: 3, inserted: 2, updated: 0, unchanged: 1, refused: 0 });
    expect((await run()).counts.touchpoints).toMatchObject({ inserted: 0, unchanged: 3 });
    expect(await select(app, 'select id, user_id, visitor_id, channel from touchpoints order by sequence')).toEqual([
      { id: idFromName(`touchpoint:${partner}`, 'e-2'), user_id: learner.id, visitor_id: 'v-1', channel: 'SOCIAL' },
      { id: idFromName(`touchpoint:${partner}`, 'e-1'), user_id: null, visitor_id: 'v-1', channel: 'EMAIL' },
    ]);
    expect(await select(app, 'select visitor_id, user_id from visitor_links')).toEqual([
      { visitor_id: 'v-1', user_id: learner.id },
    ]);
    const payload = { campaignId: campaign.id };
    expect(await select(app, 'select job, payload, requested_by from outbox_messages order by job')).toEqual([
      { job: 'attribute-campaign', payload, requested_by: 'system:import' },
      { job: 'refresh-campaign-metrics', payload, requested_by: 'system:import' },
    ]);
    await app.drainJobs();
    expect(
      await select(app, 'select sum(impressions)::integer as i, sum(clicks)::integer as c from campaign_metrics_daily'),
    ).toEqual([{ i: 1, c: 1 }]);
  });

  it('refuses contacts that cannot have been, by line', async () => {
    await using app = await startTestApp();
    await using files = await importFiles();
    const live = await aCampaign(app, { name: 'live' });
    const draft = await aCampaign(app, { name: 'draft', state: 'DRAFT' });
    await aCampaign(app, { name: 'twice' });
    await aCampaign(app, { name: 'twice' });
    const stranger = await aPartner(app);
    const lead = live.leadPartnerId;
    const report = await importText(app, files, {
      kind: 'touchpoints',
      name: 't.csv',
      content: csv(
        HEADER,
        ['e-1', draft.id, draft.leadPartnerId, 'EMAIL', 'CLICK', '', 'v', AT],
        ['e-2', live.id, lead, 'SMS', 'CLICK', '', 'v', AT],
        ['e-3', live.id, stranger.id, 'EMAIL', 'CLICK', '', 'v', AT],
        ['e-4', 'twice', lead, 'EMAIL', 'CLICK', '', 'v', AT],
        ['e-5', live.id, lead, 'EMAIL', 'CLICK', 'nobody', 'v', AT],
        ['e-6', live.id, lead, 'EMAIL', 'CLICK', '', 'v', AT],
      ),
    });
    expect(report.counts.touchpoints).toMatchObject({ inserted: 1, refused: 5 });
    expect(report.errorFiles[0]?.first.map(({ line, column, reason }) => `${line} ${column} ${reason}`)).toEqual([
      '2 campaign has not started',
      '3 channel is not one of the campaign',
      '4 partner does not take part in the campaign',
      '5 campaign names more than one campaign',
      '6 user names no learner that there is',
    ]);
  });
});
