import { inverse, Matrix } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import {
  type EffectFactors,
  effectIndex,
  forecastRegistrations,
  type PastCampaign,
} from '../../../../src/math/partner-ranking/index.ts';
import { fitRidge, fitRidgeAt } from '../../../../src/math/partner-ranking/ridge.ts';
import { seededDraws } from '../../../../src/math/random/seeded-draws.ts';

function factors(demandFit: number, influence = 1, experience = 1, promotion = 1, dataQuality = 1): EffectFactors {
  return { demandFit, influence, experience, promotion, dataQuality };
}

describe('the effect index', () => {
  it('is the product of factors for one partner, and the root of the sum for more', () => {
    expect(effectIndex([factors(0.5, 0.8, 1, 0.5, 0.9)]).index).toBeCloseTo(0.18, 12);
    const two = effectIndex([factors(0.5, 0.8, 1, 0.5, 0.9), factors(0.3, 0.6, 1, 1, 1)]);
    expect(two.index).toBeCloseTo(Math.sqrt(0.18 + 0.18), 12);
    expect(two.partners.map(({ share }) => share.toFixed(12))).toEqual(['0.500000000000', '0.500000000000']);
    expect(two.partners.map(({ weakest }) => weakest)).toEqual(['demandFit', 'demandFit']);
  });

  it('is 0 where every partner lacks something wholly', () => {
    expect(effectIndex([factors(0), factors(1, 0)])).toMatchObject({
      index: 0,
      partners: [{ share: 0 }, { share: 0, weakest: 'influence' }],
    });
  });

  it('refuses factors that are not within 0 and 1, and no partners', () => {
    expect(() => effectIndex([factors(1.2)])).toThrow('demandFit of partner 0 must be from 0 to 1');
    expect(() => effectIndex([])).toThrow('there must be a partner');
  });
});

/** Registrations 1000 C^2 P with noise of 10 %. */
function history(count: number, { seed = 1, noise = 0.1 } = {}): PastCampaign[] {
  const { uniform, normal } = seededDraws(seed);
  const share = () => 0.2 + 0.8 * uniform();
  return Array.from({ length: count }, (_, c) => {
    const partner = factors(share(), share(), share(), share(), share());
    const expected = 1_000 * partner.demandFit ** 2 * partner.influence;
    return { id: `campaign-${c}`, partners: [partner], registrations: expected * Math.exp(noise * normal()) };
  });
}

describe('the forecast of registrations', () => {
  it('is refused below 20 past campaigns, with how many there are', () => {
    expect(forecastRegistrations(history(19), [factors(0.5)])).toEqual({
      status: 'NOT_ENOUGH',
      campaigns: 19,
      needed: 20,
    });
    expect(forecastRegistrations(history(20), [factors(0.5)]).status).toBe('FORECAST');
  });

  it('finds what registrations depend on', () => {
    const forecast = forecastRegistrations(history(60), [factors(0.5, 0.5, 0.5, 0.5, 0.5)]);
    if (forecast.status !== 'FORECAST') throw new Error('there are enough');
    expect(forecast.elasticities.demandFit).toBeCloseTo(2, 0);
    expect(forecast.elasticities.influence).toBeCloseTo(1, 0);
    expect(Math.abs(forecast.elasticities.promotion)).toBeLessThan(0.15);
    expect(forecast.registrations / 125).toBeGreaterThan(0.9);
    expect(forecast.registrations / 125).toBeLessThan(1.1);
    expect(forecast.extrapolates).toEqual([]);
  });

  it('has an interval that holds the next campaign about as often as it says', () => {
    let held = 0;
    for (let seed = 1; seed <= 300; seed++) {
      const all = history(31, { seed, noise: 0.4 });
      const next = all[30] as PastCampaign;
      const forecast = forecastRegistrations(all.slice(0, 30), next.partners, { level: 0.9 });
      if (forecast.status !== 'FORECAST') throw new Error('there are enough');
      const [lower, upper] = forecast.interval;
      if (lower <= next.registrations && next.registrations <= upper) held++;
    }
    expect(held / 300).toBeGreaterThan(0.85);
    expect(held / 300).toBeLessThan(0.95);
  });

  it('says where the planned campaign is unlike any before it, and bears a factor that never changed', () => {
    const past = history(25).map((campaign) => ({
      ...campaign,
      partners: campaign.partners.map((partner) => ({ ...partner, dataQuality: 0.7 })),
    }));
    const forecast = forecastRegistrations(past, [factors(0.05, 0.5, 0.5, 0.5, 0.7)]);
    if (forecast.status !== 'FORECAST') throw new Error('there are enough');
    expect(forecast.extrapolates).toEqual(['demandFit']);
    expect(forecast.elasticities.dataQuality).toBe(0);
    expect(forecast.interval[0]).toBeGreaterThan(0);
  });

  it('bears campaigns where nobody registered, and refuses fewer than nobody', () => {
    const past = history(20).map((campaign, c) => (c === 0 ? { ...campaign, registrations: 0 } : campaign));
    expect(forecastRegistrations(past, [factors(0.5)])).toMatchObject({
      status: 'FORECAST',
      registrations: expect.any(Number),
    });
    const wrong = past.map((campaign) => ({ ...campaign, registrations: -1 }));
    expect(() => forecastRegistrations(wrong, [factors(0.5)])).toThrow('registrations of campaign campaign-0');
  });
});

describe('ridge regression', () => {
  const { uniform, normal } = seededDraws(9);
  const rows = Array.from({ length: 24 }, () => [uniform(), 10 * uniform(), normal()]);
  const targets = rows.map(([a = 0, b = 0]) => 3 * a - 0.2 * b + 0.3 * normal());

  /** By the normal equations, from other code than the kernel's. */
  function closedForm(penalty: number, kept: readonly number[] = rows.map((_, i) => i)) {
    const all = new Matrix(rows);
    const n = rows.length;
    const means = all.mean('column');
    const deviations = all.standardDeviation('column', { unbiased: false });
    const z = new Matrix(rows.map((row) => row.map((value, c) => (value - (means[c] ?? 0)) / (deviations[c] ?? 1))));
    const mean = targets.reduce((sum, value) => sum + value, 0) / n;
    const y = Matrix.columnVector(kept.map((i) => (targets[i] ?? 0) - mean));
    const part = new Matrix(kept.map((i) => z.getRow(i)));
    const gram = part.transpose().mmul(part);
    const inverted = inverse(gram.clone().add(Matrix.eye(3).mul(penalty)));
    return { z, inverted, gram, y, weights: inverted.mmul(part.transpose()).mmul(y).to1DArray(), mean };
  }

  it.each([0.01, 1, 50])('has the weights, the freedom and the leverage of the closed form: penalty %d', (penalty) => {
    const fit = fitRidgeAt(rows, targets, penalty);
    const { weights, inverted, gram, z } = closedForm(penalty);
    for (const [c, weight] of weights.entries()) expect(fit.weights[c]).toBeCloseTo(weight, 10);
    expect(fit.freedom).toBeCloseTo(1 + inverted.mmul(gram).trace(), 10);
    const row = z.getRow(3);
    const vector = Matrix.columnVector(row);
    const leverage = vector.transpose().mmul(inverted).mmul(gram).mmul(inverted).mmul(vector).get(0, 0) + 1 / 24;
    expect(fit.leverage(row)).toBeCloseTo(leverage, 10);
  });

  it('misses left out observations by what fits without them miss', () => {
    const penalty = 2;
    let squares = 0;
    for (let left = 0; left < rows.length; left++) {
      // The columns keep their scale; the intercept, which is not penalised, is found anew: a column of ones.
      const kept = rows.map((_, i) => i).filter((i) => i !== left);
      const { z } = closedForm(penalty);
      const design = new Matrix(kept.map((i) => [1, ...z.getRow(i)]));
      const ridge = Matrix.diag([0, penalty, penalty, penalty]);
      const y = Matrix.columnVector(kept.map((i) => targets[i] ?? 0));
      const beta = inverse(design.transpose().mmul(design).add(ridge)).mmul(design.transpose()).mmul(y).to1DArray();
      const fitted = [1, ...z.getRow(left)].reduce((sum, value, c) => sum + value * (beta[c] ?? 0), 0);
      squares += ((targets[left] ?? 0) - fitted) ** 2;
    }
    expect(fitRidgeAt(rows, targets, penalty).leaveOneOut).toBeCloseTo(squares / rows.length, 10);
  });

  it('takes the penalty of the least leave-one-out error', () => {
    const best = fitRidge(rows, targets);
    for (const factor of [0.5, 0.8, 1.25, 2]) {
      expect(fitRidgeAt(rows, targets, best.penalty * factor).leaveOneOut).toBeGreaterThanOrEqual(best.leaveOneOut);
    }
  });
});
