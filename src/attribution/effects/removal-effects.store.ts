import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { creditByEffects } from '../../math/attribution/index.ts';
import { bulkInsert } from '../../platform/bulk-insert.ts';
import { type Database, type EntityManager, rowsOf } from '../../platform/database.ts';
import { type Page, type PageRequest, pageOf } from '../../shared/page.ts';
import type { CampaignModel } from '../campaign-models.ts';
import { readNumberCursor } from '../number-cursor.ts';
import { type Player, playerName } from '../players.ts';
import { RemovalEffectVersion } from './removal-effect-version.entity.ts';

export interface EffectVersionRow {
  readonly id: string;
  readonly number: number;
  readonly markovOrder: number;
  readonly convertedJourneys: bigint;
  readonly lostJourneys: bigint;
  readonly learntAt: Date;
}

interface StoredVersion extends EffectVersionRow {
  readonly effectsDigest: string;
}

/** What one partner's channel in one campaign would be missed by. */
export interface PlayerEffect extends Player {
  /** From 1 to 10^9. */
  readonly effectBillionths: number;
}

const BILLION = 1_000_000_000;

const COLUMNS = sql`id, number, markov_order as "markovOrder", converted_journeys as "convertedJourneys",
  lost_journeys as "lostJourneys", effects_digest as "effectsDigest", learnt_at as "learntAt"`;

/** The version that runs share by; null as long as nothing was learnt. */
export async function findCurrentVersion(em: EntityManager): Promise<StoredVersion | null> {
  const { rows } = await sql<StoredVersion>`
    select ${COLUMNS} from removal_effect_versions order by number desc limit 1`.execute(rowsOf(em));
  return rows[0] ?? null;
}

/** Newest first. @throws InvalidInputError for a cursor of another list */
export async function findVersionPage(database: Database, request: PageRequest): Promise<Page<EffectVersionRow>> {
  const before = readNumberCursor(request.after);
  const { rows } = await sql<EffectVersionRow>`
    select ${COLUMNS} from removal_effect_versions where number < ${before}
    order by number desc limit ${request.first + 1}`.execute(database.read());
  return pageOf(rows, request);
}

/** MARKOV by the current version; null as long as nothing was learnt. */
export async function findMarkovModel(em: EntityManager): Promise<CampaignModel | null> {
  const version = await findCurrentVersion(em);
  if (!version) return null;
  const { rows } = await sql<PlayerEffect>`
    select campaign_id as "campaignId", partner_id as "partnerId", channel, effect_billionths as "effectBillionths"
    from removal_effects where version_id = ${version.id}`.execute(rowsOf(em));
  const effects = new Map(rows.map((row) => [playerName(row), row.effectBillionths / BILLION]));
  return {
    name: 'MARKOV',
    kernel: creditByEffects(effects),
    settings: { effectsVersion: version.number },
    effectsVersion: version.number,
  };
}

/** SHA-256 over order and effects, hexadecimal. @param effects in one order always */
export function effectsDigest(markovOrder: number, effects: readonly PlayerEffect[]): string {
  const lines = effects.map((effect) => [playerName(effect), effect.effectBillionths]);
  return createHash('sha256')
    .update(JSON.stringify([markovOrder, lines]))
    .digest('hex');
}

export async function saveVersion(
  em: EntityManager,
  { version, effects }: { version: StoredVersion; effects: readonly PlayerEffect[] },
): Promise<void> {
  em.create(RemovalEffectVersion, { ...version }, { persist: true });
  await em.flush();
  const rows = effects.map(({ campaignId, partnerId, channel, effectBillionths }) => ({
    version_id: version.id,
    campaign_id: campaignId,
    partner_id: partnerId,
    channel,
    effect_billionths: effectBillionths,
  }));
  await bulkInsert(em, 'removal_effects', rows);
}

/** Campaigns with anything to share, in the order of their ids. */
export async function findTouchingCampaigns(em: EntityManager): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from campaigns where exists (select from touchpoints t where t.campaign_id = campaigns.id)
    order by id`.execute(rowsOf(em));
  return rows.map(({ id }) => id);
}
