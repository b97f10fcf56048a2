import { setImmediate as nextTurn } from 'node:timers/promises';
import { sql } from 'kysely';
import { findConversionsInReach, findJourneyEvents } from '../campaigns/index.ts';
import { bulkInsert } from '../platform/bulk-insert.ts';
import { type EntityManager, rowsOf } from '../platform/database.ts';
import type { Platform } from '../platform/platform.ts';
import { present } from '../shared/invariant.ts';
import { AttributionRun } from './attribution-run.entity.ts';
import type { CampaignModel } from './campaign-models.ts';
import { CreditSums } from './credit-sums.ts';
import { InputDigest } from './input-digest.ts';
import { type ConversionJourney, journeysOf } from './journeys.ts';
import { creditJourneys } from './players.ts';

export type ReportProgress = (fraction: number) => Promise<void>;

/** Conversions whose journeys are in memory at once. */
const CHUNK = 1_000;

interface LastRun {
  readonly number: number;
  readonly inputDigest: string;
}

/**
 * Keeps a new run of each model for which what goes in has changed since its last one. Journeys are gone through once to
 * see whether anything changed, and again only when it did; a chunk of them is in memory at a time. The caller holds the
 * campaign's lock.
 */
export async function attributeByModels(
  em: EntityManager,
  options: {
    platform: Platform;
    campaignId: string;
    models: readonly CampaignModel[];
    onProgress: ReportProgress;
  },
): Promise<void> {
  const { platform, campaignId, models, onProgress } = options;
  const last = await findLastRuns(em, campaignId);
  const conversionIds = await findConversionsInReach(em, campaignId);
  const scope = { campaignId, conversionIds };
  const before = new InputDigest();
  await forEachChunk(em, { ...scope, onProgress: (done) => onProgress(done / 2) }, async (journeys) => {
    for (const journey of journeys) before.add(journey);
  });
  const outdated = models.filter((model) => last.get(model.name)?.inputDigest !== before.of(model));
  if (outdated.length === 0) return;
  const digest = new InputDigest();
  const sums = outdated.map(() => new CreditSums(campaignId));
  await forEachChunk(em, { ...scope, onProgress: (done) => onProgress((1 + done) / 2) }, async (journeys) => {
    for (const journey of journeys) digest.add(journey);
    for (const [at, { kernel }] of outdated.entries()) {
      addCredits(present(sums[at], 'the sums of a model'), kernel, journeys);
      // Exact fractions take their time: nobody else shall wait for all models.
      await nextTurn();
    }
  });
  for (const [at, model] of outdated.entries()) {
    const number = (last.get(model.name)?.number ?? 0) + 1;
    const rows = present(sums[at], 'the sums of a model').rows();
    await saveRun(em, { platform, campaignId, model, number, digest, rows });
  }
}

function addCredits(sums: CreditSums, kernel: CampaignModel['kernel'], journeys: readonly ConversionJourney[]): void {
  for (const [index, credits] of creditJourneys(kernel, journeys).entries()) {
    sums.add(present(journeys[index], 'the journey of a result'), credits);
  }
}

/** Goes through the journeys that lead through the campaign, oldest conversion first. */
async function forEachChunk(
  em: EntityManager,
  options: { campaignId: string; conversionIds: readonly string[]; onProgress: ReportProgress },
  work: (journeys: readonly ConversionJourney[]) => Promise<void>,
): Promise<void> {
  const { campaignId, conversionIds, onProgress } = options;
  for (let from = 0; from < conversionIds.length; from += CHUNK) {
    const chunk = conversionIds.slice(from, from + CHUNK);
    const events = await findJourneyEvents(em, { conversionIds: chunk, knownAt: null });
    await work(journeysOf(events, chunk).filter(({ touches }) => touches.some((t) => t.campaignId === campaignId)));
    await onProgress((from + chunk.length) / conversionIds.length);
  }
}

async function findLastRuns(em: EntityManager, campaignId: string): Promise<Map<string, LastRun>> {
  const { rows } = await sql<LastRun & { model: string }>`
    select distinct on (model) model, number, input_digest as "inputDigest" from attribution_runs
    where campaign_id = ${campaignId} order by model, number desc`.execute(rowsOf(em));
  return new Map(rows.map((row) => [row.model, row]));
}

async function saveRun(
  em: EntityManager,
  options: {
    platform: Platform;
    campaignId: string;
    model: CampaignModel;
    number: number;
    digest: InputDigest;
    rows: ReturnType<CreditSums['rows']>;
  },
): Promise<void> {
  const { platform, campaignId, model, number, digest, rows } = options;
  const run = {
    id: platform.ids.next(),
    campaignId,
    model: model.name,
    number,
    inputDigest: digest.of(model),
    conversions: digest.journeys,
    effectsVersion: model.effectsVersion,
    computedAt: platform.clock.now(),
  };
  em.create(AttributionRun, run, { persist: true });
  await em.flush();
  await bulkInsert(
    em,
    'attribution_sums',
    rows.map((row) => ({ run_id: run.id, ...row })),
  );
}
