import { assertInput } from '../assert.ts';

/** What every arm, and every partner's arms together, are given at the least. */
export interface Floors {
  /** Least probability by arm; 0 for all when absent. */
  readonly arms?: ArrayLike<number>;
  /** Which partner each arm belongs to, counted from 0, and the least probability of each partner's arms together. */
  readonly partners?: { readonly ofArm: ArrayLike<number>; readonly least: ArrayLike<number> };
}

const ROUNDING = 1e-9;

/**
 * The probabilities nearest to those wished for that keep the floors: whatever is below its floor is raised to it, and all
 * others are scaled down alike, so that what a policy prefers stays preferred. First among partners, then among the arms of
 * each. Nearest in the sense of Kullback and Leibler.
 *
 * @param wished By arm, not negative, summing to 1.
 * @returns By arm, summing to 1.
 * @throws RangeError when these are no probabilities, a floor is negative or not finite, a partner unknown, or the floors sum
 *   to more than 1.
 */
export function withFloors(wished: ArrayLike<number>, floors: Floors): Float64Array {
  const probabilities = Float64Array.from(wished);
  assertProbabilities(probabilities);
  const armFloors = floorsOf(floors.arms, probabilities.length, 'arm');
  if (!floors.partners) return raise(probabilities, armFloors, 1);
  const { ofArm } = floors.partners;
  const least = floorsOf(floors.partners.least, floors.partners.least.length, 'partner');
  assertInput(ofArm.length === probabilities.length, 'each arm must have a partner');
  const members = Array.from(least, (): number[] => []);
  for (let arm = 0; arm < ofArm.length; arm++) {
    const own = members[ofArm[arm] as number];
    assertInput(own !== undefined, `arm ${arm} belongs to partner ${ofArm[arm]}, of which nothing is known`);
    own.push(arm);
  }
  return raiseByPartner(probabilities, { armFloors, least, members });
}

function raiseByPartner(
  wished: Float64Array,
  floors: { armFloors: Float64Array; least: Float64Array; members: readonly (readonly number[])[] },
): Float64Array {
  const { armFloors, least, members } = floors;
  const sumOver = (values: Float64Array, arms: readonly number[]) =>
    arms.reduce((sum, arm) => sum + (values[arm] as number), 0);
  const needed = Float64Array.from(members, (arms, partner) => {
    const floor = least[partner] as number;
    assertInput(floor === 0 || arms.length > 0, `partner ${partner} is promised a share and has no arm`);
    return Math.max(floor, sumOver(armFloors, arms));
  });
  const totals = raise(
    Float64Array.from(members, (arms) => sumOver(wished, arms)),
    needed,
    1,
  );
  const raised = new Float64Array(wished.length);
  for (const [partner, arms] of members.entries()) {
    const own = raise(
      Float64Array.from(arms, (arm) => wished[arm] as number),
      Float64Array.from(arms, (arm) => armFloors[arm] as number),
      totals[partner] as number,
    );
    for (const [at, arm] of arms.entries()) raised[arm] = own[at] as number;
  }
  return raised;
}

/**
 * max(floor, c wished), with the one c at which it sums to the total. Whatever a c leaves below its floor is set to it, which
 * makes the c of the rest smaller, so that nothing is ever taken back. Where nothing at all is wished for, all share alike
 * what the floors leave.
 */
function raise(wished: Float64Array, floors: Float64Array, total: number): Float64Array {
  const promised = floors.reduce((sum, floor) => sum + floor, 0);
  assertInput(promised <= total + ROUNDING, `the floors sum to ${promised}, more than the ${total} there is`);
  const raised = Float64Array.from(floors);
  let free = Array.from(wished.keys()).filter((arm) => (wished[arm] as number) > 0);
  if (free.length === 0) return raised.map((floor) => floor + Math.max(0, total - promised) / wished.length);
  for (;;) {
    const mass = free.reduce((sum, arm) => sum + (wished[arm] as number), 0);
    const left = free.reduce((sum, arm) => sum + (floors[arm] as number), Math.max(0, total - promised));
    const above = free.filter((arm) => ((wished[arm] as number) * left) / mass >= (floors[arm] as number));
    if (above.length === free.length || above.length === 0) {
      for (const arm of free) raised[arm] = ((wished[arm] as number) * left) / mass;
      return raised;
    }
    free = above;
  }
}

function floorsOf(floors: ArrayLike<number> | undefined, count: number, whose: string): Float64Array {
  const checked = floors ? Float64Array.from(floors) : new Float64Array(count);
  assertInput(checked.length === count, `there must be a floor for each ${whose}`);
  for (const floor of checked) assertInput(floor >= 0 && floor <= 1, `the floor of a ${whose} must not be ${floor}`);
  return checked;
}

/** @throws RangeError unless all are from 0 to 1 and sum to 1. */
export function assertProbabilities(probabilities: Float64Array): void {
  assertInput(probabilities.length > 0, 'there must be an arm');
  for (const share of probabilities) assertInput(share >= 0, `a probability must not be ${share}`);
  const sum = probabilities.reduce((total, share) => total + share, 0);
  assertInput(Math.abs(sum - 1) <= ROUNDING, `probabilities must sum to 1, not to ${sum}`);
}
