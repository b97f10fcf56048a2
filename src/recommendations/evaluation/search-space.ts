import { z } from 'zod';

const range = z
  .strictObject({
    min: z.number(),
    max: z.number(),
    /** `log`: every ratio is as likely as any other, for settings of unknown size. `whole`: whole numbers only. */
    scale: z.enum(['linear', 'log', 'whole', 'log-whole']).default('linear'),
  })
  .refine(({ min, max, scale }) => min <= max && (!scale.startsWith('log') || min > 0), {
    message: 'needs min <= max, and min above 0 on a logarithmic scale',
  });

const choices = z.strictObject({ choices: z.array(z.unknown()).min(1).max(1_000) });

/** What may be tried for each setting of a model: a range, or a list to choose from. */
export const searchSpace = z.record(z.string(), z.union([choices, range]));

export type SearchSpace = z.infer<typeof searchSpace>;
/** A search space as it is written: a scale that is not given is linear. */
export type SearchSpaceInput = z.input<typeof searchSpace>;

/** @throws ZodError when it is no search space. */
export function parseSearchSpace(value: unknown): SearchSpace {
  return searchSpace.parse(value);
}
