import type { AttributionModel } from './attribution-model.ts';
import { creditOneByOne } from './credit-one-by-one.ts';
import { gridCredits } from './grid-credits.ts';
import { assertTouches, inJourneyOrder, type Touch } from './journey.ts';
import { type MarkovOptions, removalEffects } from './markov/removal-effects.ts';
import { PathTable } from './path-table.ts';
import { type ChannelModel, pathTotals } from './paths.ts';

/** Removal effects become whole numbers of this before a journey is shared by them. */
const EFFECT_STEPS = 1_000_000_000;

/**
 * Credit by what would be lost without a channel: RE(c) / sum of RE * total, of the conversions and of their value alike.
 * See `removalEffects`. Nobody is credited when there are no conversions.
 *
 * @throws RangeError for an order that is out of bounds.
 */
export function markovChannels(options: MarkovOptions): ChannelModel {
  return (paths) => {
    const effectsOf = removalEffects(paths, options);
    return (outcomes) => {
      const effects = effectsOf(outcomes);
      const sum = effects.reduce((total, effect) => total + effect, 0);
      const { conversions, value } = pathTotals(paths, outcomes).attributed;
      return paths.channels.map((channel, at) => {
        const removalEffect = effects[at] as number;
        const share = sum === 0 ? 0 : removalEffect / sum;
        return { channel, conversions: share * conversions, value: share * value, removalEffect };
      });
    };
  };
}

/**
 * Learns removal effects from all journeys, those without a conversion too, and shares each conversion by them: see
 * `creditByEffects`. So it sums to one journey by journey, and its sums by channel are not those of `markovChannels`, which
 * shares out the total and may credit a channel with more conversions than it was seen before.
 *
 * @throws RangeError for an order that is out of bounds.
 */
export function markovModel(options: MarkovOptions): AttributionModel {
  return {
    credit(journeys, unconverted = []) {
      const table = new PathTable();
      for (const { touches } of journeys) add(table, touches, { conversions: 1, value: 0, nulls: 0 });
      for (const journey of unconverted) {
        assertTouches(journey);
        add(table, journey.touches, { conversions: 0, value: 0, nulls: 1 });
      }
      const paths = table.paths();
      const effects = removalEffects(paths, options)(paths);
      return creditByEffects(new Map(paths.channels.map((name, at) => [name, effects[at] ?? 0]))).credit(journeys);
    },
  };
}

/**
 * Shares each conversion among the distinct channels of its journey in proportion to their removal effects, which were
 * learnt before, and a channel's part equally among its touches. Where no channel of a journey has an effect, all
 * channels are equal. Effects count in billionths, and above zero at least one; credits are in billionths: see
 * `gridCredits`.
 *
 * @param effects By channel, from 0 to 1; a channel that is not there has none.
 */
export function creditByEffects(effects: ReadonlyMap<string, number>): AttributionModel {
  const steps = new Map([...effects].map(([channel, effect]) => [channel, effectSteps(effect)]));
  return creditOneByOne((touches) => {
    const counts = new Map<string, number>();
    for (const { channel } of touches) counts.set(channel, (counts.get(channel) ?? 0) + 1);
    const known = touches.some(({ channel }) => (steps.get(channel) ?? 0) > 0);
    const weightOf = (channel: string) => (known ? (steps.get(channel) ?? 0) : 1) / (counts.get(channel) ?? 1);
    return gridCredits(touches.map(({ channel }) => weightOf(channel)));
  });
}

function effectSteps(effect: number): number {
  return effect > 0 ? Math.max(1, Math.round(effect * EFFECT_STEPS)) : 0;
}

function add(table: PathTable, touches: readonly Touch[], outcome: Parameters<PathTable['add']>[1]): void {
  table.add(
    inJourneyOrder(touches).map(({ channel }) => table.channel(channel)),
    outcome,
  );
}
