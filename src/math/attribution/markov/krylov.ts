import { type MaskedChain, stepOn, sweep } from './masked-chain.ts';

const ENOUGH = 1e-14;

/**
 * Improves x as a solution of x = c + P x, c being the probabilities of a conversion, by at most `steps` steps of
 * BiCGSTAB preconditioned by a sweep. It needs few steps also where sweeps alone need thousands: where journeys go in
 * circles for long. It promises nothing: whoever calls measures what came out.
 * Source: van der Vorst, SIAM Journal on Scientific and Statistical Computing 13(2), 1992.
 *
 * @param x Changed in place; left as it is when a step breaks down.
 */
export function improve(chain: MaskedChain, x: Float64Array, steps: number): void {
  const { open } = chain;
  const dot = (a: Float64Array, b: Float64Array) => sumOver(open, (s) => (a[s] as number) * (b[s] as number));
  const [residual, search, onSearch, onResidual, shifted, lifted] = vectors(x.length, 6);
  fill(open, residual, (s) => (chain.conversion[s] as number) + stepOn(chain, x, s) - (x[s] as number));
  const shadow = residual.slice();
  const goal = ENOUGH ** 2 * dot(residual, residual);
  let [rho, alpha, omega] = [1, 1, 1];
  for (let step = 0; step < steps && dot(residual, residual) > goal; step++) {
    const nextRho = dot(shadow, residual);
    const beta = (nextRho / rho) * (alpha / omega);
    fill(open, search, (s) => at(residual, s) + beta * (at(search, s) - omega * at(onSearch, s)));
    precondition(chain, { from: search, to: shifted });
    fill(open, onSearch, (s) => at(shifted, s) - stepOn(chain, shifted, s));
    rho = nextRho;
    alpha = rho / dot(shadow, onSearch);
    fill(open, residual, (s) => at(residual, s) - alpha * at(onSearch, s));
    precondition(chain, { from: residual, to: lifted });
    fill(open, onResidual, (s) => at(lifted, s) - stepOn(chain, lifted, s));
    const length = dot(onResidual, onResidual);
    omega = length === 0 ? 0 : dot(onResidual, residual) / length;
    if (!Number.isFinite(alpha) || !Number.isFinite(omega)) return;
    fill(open, x, (s) => at(x, s) + alpha * at(shifted, s) + omega * at(lifted, s));
    fill(open, residual, (s) => at(residual, s) - omega * at(onResidual, s));
    if (omega === 0) return;
  }
}

/** Nearly what `from` gives when it is solved for. */
function precondition(chain: MaskedChain, { from, to }: { from: Float64Array; to: Float64Array }): void {
  to.fill(0);
  sweep(chain, to, from);
}

function vectors(length: number, count: 6) {
  return Array.from({ length: count }, () => new Float64Array(length)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
}

function at(vector: Float64Array, state: number): number {
  return vector[state] as number;
}

function fill(open: Int32Array, vector: Float64Array, value: (state: number) => number): void {
  for (const state of open) vector[state] = value(state);
}

function sumOver(open: Int32Array, value: (state: number) => number): number {
  let sum = 0;
  for (const state of open) sum += value(state);
  return sum;
}
