import padjust from '@stdlib/stats-padjust';
import { assertInput } from '../assert.ts';

/**
 * HOLM: the chance of any false finding stays below alpha. BENJAMINI_HOCHBERG: of the findings, on average at most a share
 * alpha is false, when tests are independent or depend on each other positively. NONE: each test by itself.
 */
export type Correction = 'HOLM' | 'BENJAMINI_HOCHBERG' | 'NONE';

const METHODS = { HOLM: 'holm', BENJAMINI_HOCHBERG: 'bh' } as const;

/**
 * P values for the whole family of tests, to be compared with alpha as they are. Sources: Holm, Scandinavian Journal of
 * Statistics 6, 1979; Benjamini and Hochberg, Journal of the Royal Statistical Society B 57, 1995.
 *
 * @param pValues Null for what could not be tested, which is no part of the family and stays null.
 * @throws RangeError when a p value is not from 0 to 1.
 */
export function correctForMany(pValues: readonly (number | null)[], correction: Correction): (number | null)[] {
  const tested = pValues.filter((p) => p !== null);
  for (const p of tested) assertInput(p >= 0 && p <= 1, `a p value must be from 0 to 1, not ${p}`);
  if (correction === 'NONE' || tested.length === 0) return [...pValues];
  const corrected = padjust(tested, METHODS[correction]);
  let next = 0;
  return pValues.map((p) => (p === null ? null : (corrected[next++] as number)));
}
