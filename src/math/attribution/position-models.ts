import { ratio } from '../allocation/index.ts';
import type { AttributionModel } from './attribution-model.ts';
import { creditOneByOne } from './credit-one-by-one.ts';
import type { ChannelModel } from './paths.ts';
import { normalisedShares, shareModel } from './share-model.ts';

/** Whole and not negative; above zero for one place at least. Places count from zero. */
type PlaceWeight = (place: number, count: number) => number;

const first: PlaceWeight = (place) => (place === 0 ? 1 : 0);
const last: PlaceWeight = (place, count) => (place === count - 1 ? 1 : 0);
const equal: PlaceWeight = () => 1;
const ends: PlaceWeight = (place, count) => {
  if (count <= 2) return 1;
  return place === 0 || place === count - 1 ? 2 * (count - 2) : 1;
};

/** All credit to the first touch. */
export const firstTouch = positionModel(first);
export const firstChannel = positionChannels(first);

/** All credit to the last touch. */
export const lastTouch = positionModel(last);
export const lastChannel = positionChannels(last);

/** Equal credit to every touch; repeats count. */
export const linear = positionModel(equal);
export const linearChannels = positionChannels(equal);

/** 40 % to the first touch, 40 % to the last, 20 % among those between; of two touches half each. */
export const positionBased = positionModel(ends);
export const positionBasedChannels = positionChannels(ends);

/**
 * A model that looks at nothing but a touch's place in its journey.
 *
 * credit(place) = weight(place, count) / sum of the weights of all places
 */
function positionModel(weight: PlaceWeight): AttributionModel {
  return creditOneByOne((touches) => {
    const weights = touches.map((_, place) => weight(place, touches.length));
    const total = weights.reduce((sum, one) => sum + one, 0);
    return weights.map((one) => ratio(BigInt(one), BigInt(total)));
  });
}

function positionChannels(weight: PlaceWeight): ChannelModel {
  return shareModel((paths) =>
    normalisedShares(paths, (_, weights) => {
      for (let place = 0; place < weights.length; place++) weights[place] = weight(place, weights.length);
    }),
  );
}
