import { describe, expect, it } from 'vitest';
import { improve } from '../../../../../src/math/attribution/markov/krylov.ts';
import { type MaskedChain, sweep } from '../../../../../src/math/attribution/markov/masked-chain.ts';

const STATES = 400;

/** On a line of states a journey goes up or down, with the same chance, and rarely converts; closed are the two ends. */
function line(conversion: number): MaskedChain {
  const states = Array.from({ length: STATES }, (_, state) => state);
  const targets = states.map((state) => [(state + 1) % STATES, (state + STATES - 1) % STATES]);
  return {
    rowOffsets: Int32Array.from([...states, STATES], (state) => 2 * state),
    targets: Int32Array.from(targets.flat()),
    probabilities: new Float64Array(2 * STATES).fill((1 - conversion) / 2),
    conversion: new Float64Array(STATES).fill(conversion),
    open: Int32Array.from(states.slice(1, -1)),
  };
}

function residual({ rowOffsets, targets, probabilities, conversion, open }: MaskedChain, x: Float64Array): number {
  let most = 0;
  for (const state of open) {
    let sum = (conversion[state] ?? 0) - (x[state] ?? 0);
    for (let move = rowOffsets[state] ?? 0; move < (rowOffsets[state + 1] ?? 0); move++) {
      sum += (probabilities[move] ?? 0) * (x[targets[move] ?? 0] ?? 0);
    }
    most = Math.max(most, Math.abs(sum));
  }
  return most;
}

describe('improve', () => {
  it('solves in some hundred steps what a thousand sweeps do not', () => {
    const chain = line(1e-3);
    const swept = new Float64Array(STATES);
    for (let times = 0; times < 1_000; times++) sweep(chain, swept, chain.conversion);
    expect(residual(chain, swept)).toBeGreaterThan(1e-8);
    const improved = new Float64Array(STATES);
    improve(chain, improved, 500);
    expect(residual(chain, improved)).toBeLessThan(1e-14);
    expect([improved[0], improved.at(-1)]).toEqual([0, 0]);
  });

  it('leaves a solution as it is', () => {
    const chain = line(1);
    const x = new Float64Array(STATES).fill(1);
    x[0] = 0;
    x[STATES - 1] = 0;
    improve(chain, x, 10);
    expect([...x.slice(1, -1)].every((value) => value === 1)).toBe(true);
  });
});
