import { Campaign } from '../../../src/campaigns/index.ts';
import { Domain } from '../../../src/domains/index.ts';
import { Partner } from '../../../src/partners/index.ts';
import type { Platform } from '../../../src/platform/platform.ts';

const CAMPAIGNS = 10;
const PARTNERS = 6;
const CHANNELS = ['EMAIL', 'SOCIAL'] as const;
const PLAYERS = CAMPAIGNS * PARTNERS * CHANNELS.length;
/** The last digit of an identifier says of what it is. */
const KINDS = { partner: 'a', person: 'b', campaign: 'c', touchpoint: 'd', conversion: 'e' } as const;
const START = new Date('2026-10-01T00:00:00Z');
const END = new Date('2026-12-01T00:00:00Z');

export interface MadeJourneys {
  readonly touchpoints: number;
  readonly conversions: number;
  /** The one that most people met. */
  readonly campaignId: string;
}

/**
 * Journeys of one person each: one to five touchpoints, three in the mean, of a few frequent and many rare players (a
 * partner's channel in a campaign) within 20 days; one in ten ends with a purchase. The same at every run.
 */
export async function makeJourneys(platform: Platform, { journeys }: { journeys: number }): Promise<MadeJourneys> {
  await makeCampaigns(platform);
  const { pool } = platform.database;
  const player = `floor(${PLAYERS} * ${uniform('touch', 1)} ^ 3)::int`;
  const touched = await pool.query(
    `insert into touchpoints (id, campaign_id, partner_id, channel, kind, user_id, occurred_at, received_at)
     select ${idIn('touchpoint', 'touch')}, ${idIn('campaign', `player % ${CAMPAIGNS}`)},
       ${idIn('partner', `player / ${CAMPAIGNS} % ${PARTNERS}`)},
       ($3::text[])[1 + player / ${CAMPAIGNS * PARTNERS}],
       case when ${uniform('touch', 3)} < 0.5 then 'IMPRESSION' else 'CLICK' end, ${idIn('person', 'person')}, at, at
     from (
       select person, touch, ${player} as player, $2::timestamptz + interval '4 days' * (place + ${uniform('touch', 2)}) as at
       from (
         select person, place, person * 8 + place as touch
         from generate_series(1, $1::bigint) person, generate_series(0, floor(5 * ${uniform('person', 4)})::int) place
       ) places
     ) touches`,
    [journeys, START, CHANNELS],
  );
  const converted = await pool.query(
    `insert into conversions (id, kind, user_id, value_minor, refunded_minor, currency, occurred_at, received_at)
     select ${idIn('conversion', 'person')}, 'PURCHASE', ${idIn('person', 'person')},
       floor(20000 * ${uniform('person', 6)}), 0, 'CNY', at, at
     from (select person, $2::timestamptz + interval '21 days' as at from generate_series(1, $1::bigint) person) people
     where ${uniform('person', 5)} < 0.1`,
    [journeys, START],
  );
  for (const table of ['touchpoints', 'conversions']) await pool.query(`analyze ${table}`);
  return {
    touchpoints: touched.rowCount ?? 0,
    conversions: converted.rowCount ?? 0,
    campaignId: idOf('campaign', 0),
  };
}

async function makeCampaigns({ database }: Platform): Promise<void> {
  await database.transaction(async (em) => {
    em.create(Domain, { code: 'technology', name: 'Technology', nameZh: '技术' }, { persist: true });
    for (let number = 0; number < PARTNERS; number++) {
      const partner = {
        id: idOf('partner', number),
        name: `Partner ${number}`,
        kind: 'SCHOOL',
        country: 'CN',
      } as const;
      const rest = { domainCode: 'technology', state: 'ACTIVE', description: '', createdAt: START } as const;
      em.create(Partner, { ...partner, ...rest }, { persist: true });
    }
    for (let number = 0; number < CAMPAIGNS; number++) {
      const campaign = { id: idOf('campaign', number), name: `Campaign ${number}`, description: '', goal: '' };
      const windows = { attributionWindowDays: 30, viewWindowDays: 30, startsAt: START, endsAt: END, createdAt: START };
      const money = { leadPartnerId: idOf('partner', 0), currency: 'CNY', budgetMinor: 0n };
      const rest = { state: 'LIVE' as const, channels: [...CHANNELS] };
      em.create(Campaign, { ...campaign, ...windows, ...money, ...rest }, { persist: true });
    }
  });
}

/** A number from 0 to 1 in SQL: a hash, and so the same at every run and in every order of rows. */
function uniform(row: string, what: number): string {
  return `((hashint8extended(${row}, ${what}) & 2147483647) / 2147483648.0)`;
}

function idOf(kind: keyof typeof KINDS, number: number): string {
  return `${number.toString(16).padStart(8, '0')}-0000-7000-8000-00000000000${KINDS[kind]}`;
}

/** `idOf` in SQL. */
function idIn(kind: keyof typeof KINDS, number: string): string {
  return `(lpad(to_hex(${number}), 8, '0') || '-0000-7000-8000-00000000000${KINDS[kind]}')::uuid`;
}
