import type { SplitMetrics } from './split-metrics.ts';

const HELD_OUT = 0.1;
/** A split by time that holds out less than this share has met one moment of mass, such as an import. */
const LEAST_HELD_OUT = 0.02;
const MOST_HELD_OUT = 0.3;

export interface Holdout {
  readonly split: SplitMetrics['split'];
  /** 1 for an interaction that is kept from the training. */
  readonly isHeldOut: Uint8Array;
}

/**
 * Chooses what a model is measured by: the newest tenth of the interactions, or more where many happened at the moment
 * that would be cut; when too much happened at one moment for that, every tenth one in the order given.
 *
 * @param occurredAtMs when each interaction happened
 */
export function chooseHoldout(occurredAtMs: Float64Array): Holdout {
  const count = occurredAtMs.length;
  const lastKept = occurredAtMs.toSorted()[Math.max(0, Math.ceil(count * (1 - HELD_OUT)) - 1)] ?? 0;
  const after = occurredAtMs.reduce((sum, at) => sum + (at > lastKept ? 1 : 0), 0);
  const from = occurredAtMs.reduce((sum, at) => sum + (at >= lastKept ? 1 : 0), 0);
  if (after >= LEAST_HELD_OUT * count) return { split: 'TIME', isHeldOut: marks(count, (e) => timeOf(e) > lastKept) };
  if (from <= MOST_HELD_OUT * count) return { split: 'TIME', isHeldOut: marks(count, (e) => timeOf(e) >= lastKept) };
  return { split: 'TENTH', isHeldOut: marks(count, (e) => e % 10 === 9) };

  function timeOf(event: number): number {
    return occurredAtMs[event] as number;
  }
}

function marks(count: number, isMarked: (event: number) => boolean): Uint8Array {
  return Uint8Array.from({ length: count }, (_, event) => (isMarked(event) ? 1 : 0));
}
