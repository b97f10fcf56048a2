import {
  findNeighbours,
  type NeighbourTask,
  type PreparedTraining,
  prepareTraining,
  type TrainingInteractions,
} from './similarity-training.ts';

/**
 * What the threads run. Everything that this file imports is plain TypeScript that Node runs as it is, so that a thread
 * needs no loader.
 */
export function prepare(task: { interactions: TrainingInteractions; asOfMs: number }): PreparedTraining {
  return prepareTraining(task.interactions, task.asOfMs);
}

export function neighbours(task: NeighbourTask) {
  return findNeighbours(task);
}
