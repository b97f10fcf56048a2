import type { JourneyLog } from '../../../src/math/attribution/index.ts';
import { seededDraws } from '../../../src/math/random/seeded-draws.ts';

const HOUR_MS = 3_600_000;
/** Mean number of touches; most journeys are shorter. */
const MEAN_TOUCHES = 5;
const CONVERTED = 0.1;
/** How often a person stays with the channel of the touch before. */
const STAYS = 0.4;

/** One journey a person: few channels are frequent, and a touch often follows one of the same channel. */
export function drawJourneys(
  log: JourneyLog,
  { journeys, channels, seed }: { journeys: number; channels: number; seed: number },
): void {
  const { uniform } = seededDraws(seed);
  const names = Array.from({ length: channels }, (_, channel) => `channel-${channel}`);
  const draw = () => names[Math.floor(channels * uniform() ** 3)] ?? '';
  for (let journey = 0; journey < journeys; journey++) {
    const person = `person-${journey}`;
    let timeMs = Math.floor(uniform() * 1e9);
    let channel = draw();
    log.addTouch(person, timeMs, channel);
    while (uniform() > 1 / MEAN_TOUCHES) {
      timeMs += Math.floor(uniform() * 24 * HOUR_MS);
      if (uniform() > STAYS) channel = draw();
      log.addTouch(person, timeMs, channel);
    }
    if (uniform() < CONVERTED) log.addConversion(person, timeMs + HOUR_MS, Math.round(uniform() * 10_000) / 100);
  }
}
