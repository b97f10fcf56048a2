import { describe, expect, it } from 'vitest';
import { seededDraws } from '../../../../src/math/random/seeded-draws.ts';
import { expectedValue, fitClickConversion, fitMachine } from '../../../../src/math/ranker/index.ts';
import { logistic } from '../../../../src/math/ranker/logistic.ts';
import { matrixOf } from '../../../support/sparse-matrices.ts';

/** Two numbers and an outcome that comes with log odds 1 + 2 a - b. */
function linearExamples(count: number) {
  const draws = seededDraws(4);
  const rows = Array.from({ length: count }, () => [draws.normal(), draws.normal()]);
  const labels = rows.map(([a = 0, b = 0]) => (draws.uniform() < logistic(1 + 2 * a - b) ? 1 : 0));
  return { rows, labels, features: matrixOf(rows) };
}

/** Somebody of two kinds meets something of two kinds, and it comes off when they match: no single feature tells. */
function matchingExamples(count: number) {
  const draws = seededDraws(6);
  const kinds = Array.from({ length: count }, () => [draws.uniform() < 0.5 ? 0 : 1, draws.uniform() < 0.5 ? 0 : 1]);
  const rows = kinds.map(([who = 0, what = 0]) => [1 - who, who, 1 - what, what]);
  const labels = kinds.map(([who, what]) => (draws.uniform() < (who === what ? 0.9 : 0.1) ? 1 : 0));
  return { features: matrixOf(rows), labels };
}

/** The least logistic loss without penalty, by plain descent over all examples at once. */
function logisticRegression({ rows, labels }: { rows: number[][]; labels: number[] }): number[] {
  let line = [0, 0, 0];
  for (let round = 0; round < 2000; round++) {
    const slope = [0, 0, 0];
    rows.forEach(([a = 0, b = 0], e) => {
      const miss = logistic((line[0] ?? 0) + (line[1] ?? 0) * a + (line[2] ?? 0) * b) - (labels[e] ?? 0);
      [1, a, b].forEach((x, n) => {
        slope[n] = (slope[n] ?? 0) + miss * x;
      });
    });
    line = line.map((value, n) => value - (2 * (slope[n] ?? 0)) / rows.length);
  }
  return line;
}

describe('fitMachine', () => {
  it('with no factors is a logistic regression', () => {
    const examples = linearExamples(600);
    const options = { factorCount: 0, epochs: 300, weightPenalty: 0, validationShare: 0, learningRate: 0.1 };
    const { bias, weights, factors } = fitMachine(examples, options).machine.parts;
    expect(factors).toHaveLength(0);
    logisticRegression(examples).forEach((value, n) => {
      expect(Math.abs(([bias, ...weights][n] ?? 0) - value)).toBeLessThan(0.05);
    });
  });

  it('learns with factors what no weight of a single feature can tell', () => {
    const examples = matchingExamples(800);
    const probabilities = (factorCount: number) => {
      const { machine } = fitMachine(examples, { factorCount, epochs: 60, seed: 3 });
      return [
        machine.probability({ indices: [0, 2], values: [1, 1] }),
        machine.probability({ indices: [0, 3], values: [1, 1] }),
      ];
    };
    const [matchBlind = 0, otherBlind = 0] = probabilities(0);
    expect(Math.abs(matchBlind - otherBlind)).toBeLessThan(0.15);
    const [match = 0, other = 0] = probabilities(4);
    expect(match).toBeGreaterThan(0.8);
    expect(other).toBeLessThan(0.2);
  });

  it('learns the same to the bit with the same seed, and other factors with another', () => {
    const examples = matchingExamples(100);
    const parts = (seed: number) => fitMachine(examples, { epochs: 3, seed }).machine.parts;
    expect(parts(5)).toEqual(parts(5));
    expect(parts(5).factors).not.toEqual(parts(6).factors);
  });

  it('stops at the epoch that predicts the held examples best', () => {
    const draws = seededDraws(8);
    // Outcomes that nothing explains: whatever is learnt of them is wrong of the next.
    const rows = Array.from({ length: 200 }, () => Array.from({ length: 40 }, () => (draws.uniform() < 0.2 ? 1 : 0)));
    const labels = rows.map(() => (draws.uniform() < 0.5 ? 1 : 0));
    const fitted = fitMachine(
      { features: matrixOf(rows), labels },
      { epochs: 200, patience: 5, factorCount: 8, learningRate: 0.3, validationShare: 0.3 },
    );
    expect(fitted.epochs).toBeLessThan(20);
    expect(fitted.validationLoss).toBeLessThan(0.8);
  });

  it('holds nothing when told so', () => {
    const fitted = fitMachine(matchingExamples(50), { epochs: 4, validationShare: 0 });
    expect(fitted).toMatchObject({ epochs: 4, validationLoss: null });
  });

  it('draws weights to zero by its penalty', () => {
    const examples = linearExamples(300);
    const [loose, tight] = [0, 1].map((weightPenalty) =>
      fitMachine(examples, { factorCount: 0, weightPenalty, validationShare: 0 }).machine.parts.weights.map(Math.abs),
    );
    expect(tight?.[0]).toBeLessThan((loose?.[0] ?? 0) / 2);
  });

  it('counts an example as often as its weight says', () => {
    const rows = [[1], [1], [1], [1]];
    const labels = [1, 0, 0, 0];
    const options = { factorCount: 0, epochs: 400, weightPenalty: 0, validationShare: 0, learningRate: 0.1 };
    const chance = (weights?: number[]) =>
      fitMachine({ features: matrixOf(rows), labels, weights }, options).machine.probability({
        indices: [0],
        values: [1],
      });
    expect(chance()).toBeCloseTo(0.25, 1);
    expect(chance([9, 1, 1, 1])).toBeCloseTo(0.75, 1);
    expect(chance([0, 1, 1, 1])).toBeLessThan(0.1);
    expect(() => chance([1, 1, 1])).toThrow(RangeError);
    expect(() => chance([1, 1, 1, -1])).toThrow(RangeError);
  });

  it('refuses what it cannot learn from', () => {
    const features = matrixOf([[1, 0]]);
    expect(() => fitMachine({ features, labels: [] })).toThrow(RangeError);
    expect(() => fitMachine({ features, labels: [0.5] })).toThrow(RangeError);
    expect(() => fitMachine({ features: matrixOf([]), labels: [] })).toThrow(RangeError);
    expect(() => fitMachine({ features, labels: [1] }, { validationShare: 0.6 })).toThrow(RangeError);
    expect(() => fitMachine({ features, labels: [1] }, { learningRate: 0 })).toThrow(RangeError);
    expect(() => fitMachine({ features, labels: [1] }, { factorCount: -1 })).toThrow(RangeError);
  });
});

describe('fitClickConversion', () => {
  it('learns clicks from all that was shown, and conversions from what was clicked', () => {
    // Feature 0 draws clicks that lead to nothing, feature 1 fewer clicks that convert.
    const rows = Array.from({ length: 400 }, (_, e) => (e % 2 === 0 ? [1, 0] : [0, 1]));
    const clicked = rows.map(([loud], e) => (loud === 1 ? (e % 10 < 8 ? 1 : 0) : e % 10 < 4 ? 1 : 0));
    const converted = rows.map(([loud], e) => (loud === 0 ? (clicked[e] ?? 0) : 0));
    const { click, conversion } = fitClickConversion({ features: matrixOf(rows), clicked, converted });
    const [loud, quiet] = [0, 1].map((feature) => ({ indices: [feature], values: [1] }));
    if (!loud || !quiet) throw new Error('two examples');
    expect(click.machine.probability(loud)).toBeGreaterThan(click.machine.probability(quiet) + 0.2);
    if (!conversion) throw new Error('there are conversions');
    const { machine } = conversion;
    expect(machine.probability(quiet)).toBeGreaterThan(machine.probability(loud) + 0.5);
  });

  it('is borne out by the last examples, which it has not learnt from', () => {
    const draws = seededDraws(4);
    const rows = Array.from({ length: 2000 }, () => (draws.uniform() < 0.5 ? [1, 0] : [0, 1]));
    // What drew clicks half of the time draws them seldom in the end.
    const clicked = rows.map((_, e) => (draws.uniform() < (e < 1800 ? 0.5 : 0.1) ? 1 : 0));
    const { click } = fitClickConversion({ features: matrixOf(rows), clicked, converted: clicked.map(() => 0) });
    const z = click.machine.logOdds({ indices: [0], values: [1] });
    const late = clicked.slice(1800).filter((label) => label === 1).length / 200;
    expect(logistic(z)).toBeGreaterThan(0.4);
    expect(Math.abs(logistic(click.line.slope * z + click.line.shift) - late)).toBeLessThan(0.05);
  });

  it('learns conversions from those alone of which it is known by now, and not from too few', () => {
    const rows = Array.from({ length: 100 }, (_, e) => (e % 2 === 0 ? [1, 0] : [0, 1]));
    const clicked = rows.map(() => 1);
    const converted = rows.map((_, e) => (e < 50 && e % 2 === 0 ? 1 : 0));
    const isSettled = rows.map((_, e) => (e < 50 ? 1 : 0));
    const shown = { features: matrixOf(rows), clicked, converted, isSettled };
    const learnt = fitClickConversion(shown, { leastOfEach: 25, epochs: 100, patience: 100 }).conversion?.machine;
    const blind = fitClickConversion({ ...shown, isSettled: clicked }, { epochs: 100, patience: 100 }).conversion
      ?.machine;
    const first = { indices: [0], values: [1] };
    expect(learnt?.probability(first)).toBeGreaterThan((blind?.probability(first) ?? 1) + 0.2);
    expect(fitClickConversion(shown, { leastOfEach: 26 }).conversion).toBeNull();
  });

  it('refuses a conversion without a click', () => {
    const features = matrixOf([[1], [1]]);
    expect(() => fitClickConversion({ features, clicked: [1, 0], converted: [1, 1] })).toThrow(RangeError);
    expect(() => fitClickConversion({ features, clicked: [1, 0], converted: [1] })).toThrow(RangeError);
  });
});

describe('expectedValue', () => {
  it('counts a conversion as so many clicks, as a part of all that can be had', () => {
    expect(expectedValue({ click: 0.5, conversion: 0.25, conversionWorth: 4 })).toBeCloseTo(0.2, 12);
    expect(expectedValue({ click: 1, conversion: 1, conversionWorth: 9 })).toBe(1);
    expect(expectedValue({ click: 0.3, conversion: 0.7, conversionWorth: 0 })).toBe(0.3);
  });

  it('refuses what is no probability and no worth', () => {
    expect(() => expectedValue({ click: 1.1, conversion: 0, conversionWorth: 1 })).toThrow(RangeError);
    expect(() => expectedValue({ click: 1, conversion: -0.1, conversionWorth: 1 })).toThrow(RangeError);
    expect(() => expectedValue({ click: 1, conversion: 1, conversionWorth: Number.NaN })).toThrow(RangeError);
    expect(() => expectedValue({ click: 1, conversion: 1, conversionWorth: -1 })).toThrow(RangeError);
  });
});
