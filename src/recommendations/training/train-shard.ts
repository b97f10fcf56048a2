import type { EntityManager } from '../../platform/database.ts';
import { invariant } from '../../shared/invariant.ts';
import { loadParts, saveParts } from './training-part.store.ts';
import { TrainingRun } from './training-run.entity.ts';
import { earlierName, findShards, lockRun, markDone, shardName } from './training-run.store.ts';
import type { TrainingContext } from './training-threads.ts';

/**
 * Finds the neighbours of one shard's contents and saves them. Done twice it is done once; of a run that is over nothing
 * is done. A worker that is killed on the way leaves nothing, and its job is taken by another.
 *
 * @param whenLast is called within the transaction that saves the last of the shards
 */
export async function trainShard(
  { platform: { database, clock }, threads }: TrainingContext,
  { runId, number }: { runId: string; number: number },
  whenLast: (em: EntityManager) => void,
): Promise<void> {
  const reading = database.orm.em.fork();
  const run = await reading.findOne(TrainingRun, { id: runId, state: 'TRAINING' });
  const shard = (await findShards(reading, runId)).find((one) => one.number === number);
  if (!run || !shard || shard.isDone) return;
  const input = await loadParts(reading, { runId, name: 'input' });
  const textVectors = await loadParts(reading, { runId, name: 'textVectors' });
  if (!input || !textVectors) return;
  const earlier = await loadParts(reading, { runId, name: earlierName(number) });
  if (run.kind === 'INCREMENTAL' && !earlier) return;
  const { from, to } = shard;
  invariant('shrink' in run.params, 'what is cut in shards is a training of the similarity model');
  const bytes = await threads.run('shard', { input, textVectors, earlier, from, to, params: run.params });
  await database.transaction(async (em) => {
    // Shards that end together wait for each other here, so that exactly one of them is the last.
    const locked = await lockRun(em, runId);
    const isDone = (await findShards(em, runId)).some((one) => one.number === number && one.isDone);
    if (locked?.state !== 'TRAINING' || isDone) return;
    await saveParts(em, { runId, name: shardName(number) }, bytes);
    if ((await markDone(em, { runId, number, at: clock.now() })) === 0) whenLast(em);
  });
}
