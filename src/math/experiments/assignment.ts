import { hash } from 'node:crypto';
import { assertInput } from '../assert.ts';

export interface AssignedArm {
  /** Unique within the experiment. It decides who gets the arm, so that renaming an arm gives it other units. */
  readonly name: string;
  /** On any scale, from 0; of arms that no one is to enter any more, 0. */
  readonly weight: number;
}

export interface AssignmentPlan {
  /** Of this experiment alone: two experiments of one salt would split people alike. */
  readonly salt: string;
  readonly arms: readonly AssignedArm[];
  /** Units that get nothing of it, by a salt of their own, so that many experiments can leave out the same people. */
  readonly holdout?: { readonly salt: string /** From 0 to 1. */; readonly share: number };
}

export type Assignment = { readonly kind: 'HOLDOUT' } | { readonly kind: 'ARM'; readonly arm: string };

/**
 * A function from unit to arm that needs no memory: the same plan gives the same answer in every process, always.
 *
 * Each arm draws a number u in (0, 1) from a hash of salt, arm and unit, and the one with the largest ln(u) / weight gets the
 * unit: with a chance of its weight over the sum of weights. An arm that is added, or gets a larger weight, takes units
 * from others, and no unit moves between two arms that stay as they are: no scheme moves fewer. A larger holdout holds out
 * all that a smaller one did. The order of the arms does not matter.
 *
 * Sources: Thaler and Ravishankar, "Using name-based mappings to increase hit rates", IEEE/ACM Transactions on Networking 6,
 * 1998; with weights, Schindelhauer and Schomaker, SPAA 2005.
 *
 * @throws RangeError when a salt is empty, names repeat, a weight or the share is out of bounds, or all weights are 0.
 */
export function assigner(plan: AssignmentPlan): (unitId: string) => Assignment {
  assertPlan(plan);
  const { salt, arms, holdout } = plan;
  const open = arms.filter(({ weight }) => weight > 0);
  return (unitId) => {
    assertInput(unitId !== '', 'a unit must have an id');
    if (holdout && hashedUniform(['holdout', holdout.salt, unitId]) < holdout.share) return { kind: 'HOLDOUT' };
    let best = { name: '', score: Number.NEGATIVE_INFINITY };
    for (const { name, weight } of open) {
      const score = scoreOf(hashedUniform(['arm', salt, name, unitId]), weight);
      if (score > best.score || (score === best.score && name < best.name)) best = { name, score };
    }
    return { kind: 'ARM', arm: best.name };
  };
}

/** -ln(u) / weight is exponential with rate weight; the least of some such is each one's with a chance as its weight. */
function scoreOf(u: number, weight: number): number {
  return Math.log(u) / weight;
}

/** Hexadecimal digits that fill the 52 bits of a fraction. */
const DIGITS = 13;

/** Within (0, 1), of the first 52 bits of SHA-256; JSON keeps apart what the parts are. */
function hashedUniform(parts: readonly string[]): number {
  const digest = hash('sha256', JSON.stringify(parts), 'hex');
  return (Number.parseInt(digest.slice(0, DIGITS), 16) + 0.5) / 2 ** 52;
}

function assertPlan({ salt, arms, holdout }: AssignmentPlan): void {
  assertInput(salt !== '', 'an experiment must have a salt');
  assertInput(new Set(arms.map(({ name }) => name)).size === arms.length, 'each arm must have a name of its own');
  for (const { name, weight } of arms) {
    assertInput(Number.isFinite(weight) && weight >= 0, `the weight of arm "${name}" must not be ${weight}`);
  }
  assertInput(
    arms.some(({ weight }) => weight > 0),
    'at least one arm must have a weight above 0',
  );
  if (!holdout) return;
  assertInput(holdout.salt !== '', 'a holdout must have a salt');
  assertInput(holdout.share >= 0 && holdout.share <= 1, `the held out share must be from 0 to 1, not ${holdout.share}`);
}
