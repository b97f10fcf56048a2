import { seededDraws } from '../../../../src/math/random/seeded-draws.ts';
import { FEATURE_COUNT } from '../../../../src/recommendations/feed/features.ts';
import type { ShownExamplesLog } from '../../../../src/recommendations/ranking/shown-examples.ts';

const HOUR_MS = 3_600_000;
/** A Monday. */
export const FIRST_MS = Date.UTC(2026, 9, 5);

/** A place of a simulated feed, as the reader of it judges it. */
export interface SimulatedPlace {
  /** Number of the reader, and of the content: even ones are of one domain, odd ones of another. */
  readonly user: number;
  readonly content: number;
  readonly position: number;
  readonly taste: number;
  readonly feed: number;
}

/** Chances of a click, and of a conversion after it. */
export interface Behaviour {
  click(place: SimulatedPlace): number;
  conversion?(place: SimulatedPlace): number;
}

/**
 * Feeds an hour apart, of ten places and forty contents in two domains, in an order that chance or `order` makes. The
 * taste (the first feature) and the freshness (the seventh) of each place are drawn too.
 */
export function simulatedLog(
  feedCount: number,
  { click, conversion = () => 0 }: Behaviour,
  { seed = 1, order = (contents: number[]) => contents } = {},
): ShownExamplesLog {
  const draws = seededDraws(seed);
  const count = 10 * feedCount;
  const log = {
    feeds: Array.from({ length: feedCount }, (_, feed) => ({
      user: feed % 50,
      atMs: FIRST_MS + feed * HOUR_MS,
      occupation: feed % 2 === 0 ? 'nurse' : 'pilot',
      from: 10 * feed,
      to: 10 * (feed + 1),
    })),
    contents: Array.from({ length: 40 }, (_, content) => ({
      domainCode: content % 2 === 0 ? 'medicine' : 'aviation',
      kind: 'COURSE',
      module: 'COURSE',
      partnerId: `partner ${content % 4}`,
    })),
    userCount: 50,
    content: new Int32Array(count),
    position: new Int32Array(count),
    features: new Float32Array(count * FEATURE_COUNT),
    propensity: new Float64Array(count).fill(1),
    clicked: new Uint8Array(count),
    converted: new Uint8Array(count),
  };
  for (let feed = 0; feed < feedCount; feed++) {
    const contents = order(Array.from({ length: 10 }, () => Math.floor(draws.uniform() * 40)));
    contents.forEach((content, position) => {
      const e = 10 * feed + position;
      const taste = draws.uniform();
      const place = { user: feed % 50, content, position, taste, feed };
      log.content[e] = content;
      log.position[e] = position;
      log.features[e * FEATURE_COUNT] = taste;
      log.features[e * FEATURE_COUNT + 6] = draws.uniform();
      log.clicked[e] = draws.uniform() < click(place) ? 1 : 0;
      log.converted[e] = log.clicked[e] === 1 && draws.uniform() < conversion(place) ? 1 : 0;
    });
  }
  return log;
}
