import { fileURLToPath } from 'node:url';
import type { Bench, Measurement } from './bench.ts';
import { figuresOf } from './side-by-side.ts';

const CHILD = fileURLToPath(new URL('plan-measure.ts', import.meta.url));
const SIZES = [
  { users: 1_400, contents: 5 },
  { users: 6_900, contents: 5 },
  { users: 13_800, contents: 5 },
] as const;

/** Every size in a process of its own, so that the peak of memory is its own. */
export const planBench: Bench = {
  name: 'plan',
  description:
    'Marketing plans, made up from a seed: caps of users, consent, capacities, floors, a budget. exact: HiGHS in its thread, ' +
    'whole numbers within gap of the bound; again: budget changed by a tenth, both ways, and halved; dual: subgradient, 600 ' +
    'steps at most, and from the prices before when the budget fell. gap: share of the bound; peak: RSS of the process. ' +
    '--quick: 100,000 variables alone.',
  async run(args: readonly string[]): Promise<Measurement[]> {
    const sizes = args.includes('--quick') ? SIZES.slice(1, 2) : SIZES;
    const measurements: Measurement[] = [];
    for (const { users, contents } of sizes) {
      const { variables, ...figures } = await figuresOf(process.execPath, [CHILD, String(users), String(contents)]);
      measurements.push({ name: `${variables} variables`, figures });
    }
    return measurements;
  },
};
