import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FactorisationMachine, MachineSums, summableMachine } from '../../../../src/math/ranker/index.ts';
import { logisticLoss } from '../../../../src/math/ranker/logistic.ts';
import { gradientRoom, writeGradient } from '../../../../src/math/ranker/machine-gradient.ts';

const number = fc.double({ min: -2, max: 2, noNaN: true });

const anyCase = fc.record({ featureCount: fc.integer({ min: 1, max: 5 }), factorCount: fc.nat(3) }).chain((counts) => {
  const numbers = (length: number) => fc.array(number, { minLength: length, maxLength: length });
  return fc.record({
    counts: fc.constant(counts),
    bias: number,
    weights: numbers(counts.featureCount),
    factors: numbers(counts.featureCount * counts.factorCount),
    row: fc
      .uniqueArray(fc.tuple(fc.nat(counts.featureCount - 1), number), { selector: ([feature]) => feature })
      .map((entries) => ({ indices: entries.map(([i]) => i), values: entries.map(([, x]) => x) })),
    label: fc.constantFrom(0, 1),
  });
});

/** By the sum over all pairs, as the formula is written. */
function plainLogOdds(
  { bias, weights, factors }: { bias: number; weights: readonly number[]; factors: readonly number[] },
  { row, k }: { row: { indices: readonly number[]; values: readonly number[] }; k: number },
): number {
  let z = bias;
  row.indices.forEach((i, p) => {
    z += (weights[i] ?? 0) * (row.values[p] ?? 0);
    row.indices.slice(0, p).forEach((j, q) => {
      for (let f = 0; f < k; f++) {
        z += (factors[i * k + f] ?? 0) * (factors[j * k + f] ?? 0) * (row.values[p] ?? 0) * (row.values[q] ?? 0);
      }
    });
  });
  return z;
}

describe('the factorisation machine', () => {
  it('adds up all pairs of features, as the formula is written', () => {
    fc.assert(
      fc.property(anyCase, ({ counts, bias, weights, factors, row }) => {
        const machine = new FactorisationMachine({
          ...counts,
          bias,
          weights: Float64Array.from(weights),
          factors: Float64Array.from(factors),
        });
        const plain = plainLogOdds({ bias, weights, factors }, { row, k: counts.factorCount });
        expect(machine.logOdds(row)).toBeCloseTo(plain, 9);
        expect(machine.probability(row)).toBeCloseTo(1 / (1 + Math.exp(-plain)), 9);
      }),
    );
  });

  it('is the same when it is put together feature by feature, with what is added and taken back', () => {
    fc.assert(
      fc.property(anyCase, ({ counts, bias, weights, factors, row }) => {
        const parts = { ...counts, bias, weights: Float64Array.from(weights), factors: Float64Array.from(factors) };
        const machine = summableMachine(new FactorisationMachine(parts));
        const [common, sums] = [new MachineSums(machine), new MachineSums(machine)];
        sums.add(0, 7);
        const half = Math.floor(row.indices.length / 2);
        const addTo = (target: MachineSums, from: number, to: number) => {
          for (let at = from; at < to; at++) target.add(row.indices[at] ?? 0, row.values[at] ?? 0);
        };
        addTo(common, 0, half);
        sums.copy(common);
        addTo(sums, half, row.indices.length);
        const plain = plainLogOdds({ bias, weights, factors }, { row, k: counts.factorCount });
        expect(sums.logOdds()).toBeCloseTo(plain, 9);
        const [first = 0, value = 0] = [row.indices[0], row.values[0]];
        const without = { indices: row.indices.slice(1), values: row.values.slice(1) };
        if (row.indices.length > 0) sums.remove(first, value);
        const less = plainLogOdds({ bias, weights, factors }, { row: without, k: counts.factorCount });
        expect(sums.logOdds()).toBeCloseTo(less, 9);
      }),
    );
  });

  it('has the gradient that finite differences find', () => {
    fc.assert(
      fc.property(anyCase, ({ counts, bias, weights, factors, row, label }) => {
        const k = counts.factorCount;
        const room = gradientRoom(row.indices.length, k);
        const parts = { ...counts, bias, weights: Float64Array.from(weights), factors: Float64Array.from(factors) };
        writeGradient(parts, { row, label }, room);
        const slopeOf = (move: (by: number) => { bias?: number; weights?: number[]; factors?: number[] }) => {
          const lossAt = (by: number) =>
            logisticLoss(plainLogOdds({ bias, weights, factors, ...move(by) }, { row, k }), label);
          return (lossAt(1e-5) - lossAt(-1e-5)) / 2e-5;
        };
        const nudged = (list: number[], at: number, by: number) => list.map((x, n) => (n === at ? x + by : x));
        expect(room.bias).toBeCloseTo(
          slopeOf((by) => ({ bias: bias + by })),
          5,
        );
        row.indices.forEach((i, p) => {
          const weightSlope = slopeOf((by) => ({ weights: nudged(weights, i, by) }));
          expect(room.weights[p]).toBeCloseTo(weightSlope, 5);
          for (let f = 0; f < k; f++) {
            const factorSlope = slopeOf((by) => ({ factors: nudged(factors, i * k + f, by) }));
            expect(room.factors[p * k + f]).toBeCloseTo(factorSlope, 5);
          }
        });
      }),
    );
  });

  it('refuses parts that do not fit together, and examples that it cannot read', () => {
    const parts = {
      featureCount: 2,
      factorCount: 1,
      bias: 0,
      weights: new Float64Array(2),
      factors: new Float64Array(2),
    };
    expect(() => new FactorisationMachine({ ...parts, weights: new Float64Array(1) })).toThrow(RangeError);
    expect(() => new FactorisationMachine({ ...parts, factors: new Float64Array(3) })).toThrow(RangeError);
    expect(() => new FactorisationMachine({ ...parts, bias: Number.NaN })).toThrow(RangeError);
    const machine = new FactorisationMachine(parts);
    expect(() => machine.logOdds({ indices: [2], values: [1] })).toThrow(RangeError);
    expect(() => machine.logOdds({ indices: [0], values: [] })).toThrow(RangeError);
    expect(() => machine.logOdds({ indices: [0], values: [Number.NaN] })).toThrow(RangeError);
  });
});
