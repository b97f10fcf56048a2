import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';
import { joinNeighbourLists, type NeighbourLists } from '../math/similarity/index.ts';
import type { NeighbourTask, PreparedTraining, TrainingInteractions } from './similarity-training.ts';

export interface TrainingOptions {
  readonly asOfMs: number;
  readonly shrink: number;
  readonly neighbourCount: number;
  /** @param fraction 0 to 1 */
  onProgress(fraction: number): Promise<void>;
}

export interface TrainedSimilarity {
  /** One list for each content, in the order of their numbers. */
  readonly neighbours: NeighbourLists;
  readonly popularity: Float64Array;
}

/** More blocks than threads, so that none waits long for another and progress shows. */
const BLOCKS = 16;

/**
 * Trains in threads of its own, with one processor left to the rest of the program. The result does not depend on the
 * number of threads. The columns of `interactions` are handed over: they are empty afterwards.
 */
export async function trainSimilarity(
  interactions: TrainingInteractions,
  options: TrainingOptions,
): Promise<TrainedSimilarity> {
  const pool = new Piscina({
    filename: new URL('./similarity.worker.ts', import.meta.url).href,
    maxThreads: Math.max(1, availableParallelism() - 1),
    execArgv: [],
  });
  try {
    const prepared = await prepare(pool, interactions, options.asOfMs);
    const neighbours = await findAllNeighbours(pool, prepared, options);
    return { neighbours, popularity: prepared.popularity };
  } finally {
    await pool.destroy();
  }
}

async function prepare(pool: Piscina, interactions: TrainingInteractions, asOfMs: number): Promise<PreparedTraining> {
  const { users, contents, kinds, values, occurredAtMs } = interactions;
  const transferList = [users, contents, kinds, values, occurredAtMs].map((column) => column.buffer as ArrayBuffer);
  return pool.run({ interactions, asOfMs }, { name: 'prepare', transferList });
}

async function findAllNeighbours(
  pool: Piscina,
  { matrix }: PreparedTraining,
  { shrink, neighbourCount, onProgress }: TrainingOptions,
): Promise<NeighbourLists> {
  const size = Math.max(1, Math.ceil(matrix.rowCount / BLOCKS));
  const starts = Array.from({ length: Math.ceil(matrix.rowCount / size) }, (_, block) => block * size);
  let done = 0;
  const blocks = starts.map(async (from) => {
    const to = Math.min(matrix.rowCount, from + size);
    const task: NeighbourTask = { matrix, from, to, shrink, neighbourCount };
    const lists: NeighbourLists = await pool.run(task, { name: 'neighbours' });
    await onProgress(++done / starts.length);
    return lists;
  });
  return joinNeighbourLists(await Promise.all(blocks));
}
