import { describe, expect, it } from 'vitest';
import { logistic } from '../../../../src/math/ranker/index.ts';
import { FEATURE_COUNT } from '../../../../src/recommendations/feed/features.ts';
import { fitRanker } from '../../../../src/recommendations/ranking/fit-ranker.ts';
import { contentCategories } from '../../../../src/recommendations/ranking/ranker-columns.ts';
import { packRanker, type RankerModel, unpackRanker } from '../../../../src/recommendations/ranking/ranker-model.ts';
import { RANKER_PARAMS } from '../../../../src/recommendations/ranking/ranker-params.ts';
import { RankerScorer, readyRanker } from '../../../../src/recommendations/ranking/ranker-scorer.ts';
import type { ShownExamplesLog } from '../../../../src/recommendations/ranking/shown-examples.ts';
import { FIRST_MS, type SimulatedPlace, simulatedLog } from './shown-logs.ts';

const LONG_AFTER_MS = FIRST_MS + 400 * 86_400_000;

function fitted(log: ShownExamplesLog, serving: RankerModel | null = null) {
  return fitRanker(log, { params: RANKER_PARAMS, serving, asOfMs: LONG_AFTER_MS });
}

function learnt(log: ShownExamplesLog): RankerModel {
  const { model, outcome } = fitted(log);
  if (!model) throw new Error(outcome);
  return model;
}

/** The seventh feature is there in all that was simulated. */
function featuresWith(taste: number): Float64Array {
  return Float64Array.from({ length: FEATURE_COUNT }, (_, f) => (f === 0 ? taste : f === 6 ? 0.5 : 0));
}

function scorerOf(model: RankerModel, occupation: string) {
  const ranker = readyRanker(model);
  const scorer = new RankerScorer(ranker, { occupation, atMs: FIRST_MS });
  const take = (domainCode: string, taste = 0.5) => {
    const content = { domainCode, kind: 'COURSE', module: 'COURSE', partnerId: 'a partner without a past' };
    return scorer.take(ranker.columns.of(contentCategories(content)), featuresWith(taste));
  };
  return {
    score: (domain: string, taste?: number) => take(domain, taste).logOdds(),
    click: (domain: string, taste?: number) => logistic(take(domain, taste).clickLogOdds()),
  };
}

/** People like what is for their work. */
const byWork = {
  click: ({ user, content }: SimulatedPlace) => (user % 2 === content % 2 ? 0.5 : 0.1),
};

describe('fitRanker', () => {
  it('learns what each kind of people clicks, with chances that are borne out', () => {
    const log = simulatedLog(600, byWork);
    const { metrics } = fitted(log);
    if (!metrics) throw new Error('measured');
    expect(metrics.examples).toBe(1_200);
    // The least that can be had is -0.5 ln 0.5 - 0.5 ln 0.5 for half of the places, and 0.3251 for the other half.
    expect(metrics.logLoss).toBeGreaterThan(0.47);
    expect(metrics.logLoss).toBeLessThan(0.55);
    expect(metrics.priorLogLoss).toBeGreaterThan(0.59);
    expect(metrics.auc).toBeGreaterThan(0.7);
    const { click } = scorerOf(learnt(log), 'pilot');
    expect(Math.abs(click('aviation') - 0.5)).toBeLessThan(0.1);
    expect(Math.abs(click('medicine') - 0.1)).toBeLessThan(0.06);
  });

  it('does not take the place where something stood for what it is worth', () => {
    // One domain always stands first, where twice as many look; both are liked alike, and by taste.
    const likedAlike = {
      click: ({ position, taste }: SimulatedPlace) => (position < 5 ? 0.8 : 0.3) * (0.2 + 0.6 * taste),
    };
    const first = (contents: number[]) => contents.map((content, at) => (content & ~1) + (at < 6 ? 0 : 1));
    // In every fourth feed they stand the other way round, as where chance has a say.
    let feed = 0;
    const order = (contents: number[]) => (feed++ % 4 === 0 ? first(contents).reverse() : first(contents));
    const { click } = scorerOf(learnt(simulatedLog(2_000, likedAlike, { order })), 'nurse');
    expect(click('medicine') / click('aviation')).toBeLessThan(1.25);
    expect(click('aviation', 0.9)).toBeGreaterThan(1.3 * click('medicine', 0.3));
  });

  it('counts what is bought or finished above what is only clicked', () => {
    // Both domains draw clicks alike, their partners do not.
    const bait = {
      click: ({ content }: SimulatedPlace) => (content % 4 < 2 ? 0.5 : 0.15),
      conversion: ({ content }: SimulatedPlace) => (content % 2 === 0 ? 0.05 : 0.6),
    };
    const { click, score } = scorerOf(learnt(simulatedLog(1_200, bait)), 'nurse');
    expect(score('aviation')).toBeGreaterThan(score('medicine') + 0.5);
    expect(Math.abs(click('medicine') - click('aviation'))).toBeLessThan(0.08);
  });

  it('is not accepted when it does worse than what serves, on what neither has learnt from', () => {
    const serving = learnt(simulatedLog(600, byWork));
    const turned = simulatedLog(600, {
      click: (place) => byWork.click(place.feed < 480 ? { ...place, user: place.user + 1 } : place),
    });
    const { model, metrics, outcome } = fitted(turned, { ...serving, learntUntilMs: 0 });
    expect(metrics?.servingLogLoss).toBeLessThan(0.55);
    expect(metrics?.logLoss).toBeGreaterThan(metrics?.servingLogLoss ?? 1);
    expect(model).toBeNull();
    expect(outcome).toMatch(/it is worse\.$/);
  });

  it('judges by nothing that the version that serves has learnt from', () => {
    const log = simulatedLog(600, byWork);
    const serving = learnt(log);
    const hours = (n: number) => FIRST_MS + n * 3_600_000;
    expect(serving.learntUntilMs).toBe(hours(479));
    expect(fitted(log, { ...serving, learntUntilMs: hours(549) }).metrics?.examples).toBe(500);
    const { model, outcome } = fitted(log, { ...serving, learntUntilMs: hours(599) });
    expect([model, outcome]).toEqual([null, '0 clicks are too few to judge a ranker by.']);
  });

  it('learns nothing of a category that fewer than ten people met', () => {
    const log = simulatedLog(600, byWork);
    const feeds = log.feeds.map((feed) => (feed.user < 9 ? { ...feed, occupation: 'lighthouse keeper' } : feed));
    const { categories } = learnt({ ...log, feeds }).layout;
    expect(categories).toContainEqual(['occupation', 'nurse']);
    expect(categories).not.toContainEqual(['occupation', 'lighthouse keeper']);
  });

  it('learns the same from the same', () => {
    const log = simulatedLog(300, byWork);
    const [one, other] = [learnt(log), learnt(log)];
    expect(one.click.machine.parts).toEqual(other.click.machine.parts);
    expect([one.layout, one.click.line]).toEqual([other.layout, other.click.line]);
  });
});

describe('a version of the ranker', () => {
  const model = learnt(
    simulatedLog(800, { click: byTasteToo(byWork.click), conversion: ({ taste }) => 0.2 + 0.6 * taste }),
  );

  it('scores the same when it was kept', () => {
    const kept = unpackRanker(packRanker(model));
    if (!kept) throw new Error('of this form');
    expect(scorerOf(kept, 'pilot').score('aviation', 0.7)).toBe(scorerOf(model, 'pilot').score('aviation', 0.7));
  });

  it('says of each feature what the score loses when it is set to 0', () => {
    expect(model.conversion).not.toBeNull();
    const ranker = readyRanker(model);
    const scorer = new RankerScorer(ranker, { occupation: 'nurse', atMs: FIRST_MS });
    const columns = ranker.columns.of([['domain', 'medicine']]);
    const features = Float64Array.from({ length: FEATURE_COUNT }, (_, f) => (f % 3 === 0 ? 0.9 - f / 20 : 0));
    const whole = scorer.take(columns, features).logOdds();
    const parts = scorer.partsOf(columns, features);
    features.forEach((value, f) => {
      const without = scorer.take(columns, features.with(f, 0)).logOdds();
      expect(parts[f]).toBeCloseTo(whole - without, 9);
      if (value === 0) expect(parts[f]).toBe(0);
    });
    expect(Math.abs(parts[0] ?? 0)).toBeGreaterThan(0.1);
  });

  it('knows nothing of a feature that came after it, or of a category that it never met', () => {
    const { featureNames } = model.layout;
    expect(featureNames).toHaveLength(FEATURE_COUNT);
    const { score } = scorerOf(model, 'astronaut');
    expect(score('a domain of tomorrow')).toBeTypeOf('number');
    const ranker = readyRanker(model);
    const scorer = new RankerScorer(ranker, { occupation: null, atMs: FIRST_MS });
    const longer = Float64Array.from([...featuresWith(0.5), 1]);
    const plain = scorer.take([], featuresWith(0.5)).logOdds();
    expect(scorer.take([], longer).logOdds()).toBe(plain);
    expect(scorer.partsOf([], longer).at(-1)).toBe(0);
  });
});

/** As likely, and more or less so by taste. */
function byTasteToo(click: (place: SimulatedPlace) => number): (place: SimulatedPlace) => number {
  return (place) => click(place) * (0.5 + place.taste);
}
