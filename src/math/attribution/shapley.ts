import { ratio } from '../allocation/index.ts';
import type { AttributionModel } from './attribution-model.ts';
import { creditOneByOne } from './credit-one-by-one.ts';
import type { ChannelModel } from './paths.ts';
import { normalisedShares, shareModel } from './share-model.ts';

/**
 * The Shapley value of the game in which a set of channels earns the conversions of all paths that need no other channel.
 * That game is a sum of games of one path each, in which the path's channels are all needed and hence equal: so the value
 * is the sum over paths of conversions / number of distinct channels, for any number of channels, in linear time. Repeats
 * do not count. Source: Shapley, "A value for n-person games", 1953 (additivity and symmetry).
 */
export const shapleyChannels: ChannelModel = shareModel((paths) => {
  const touches = new Int32Array(paths.channels.length);
  return normalisedShares(paths, (path, weights) => {
    const steps = paths.steps.subarray(paths.offsets[path], paths.offsets[path + 1]);
    for (const channel of steps) touches[channel] = (touches[channel] as number) + 1;
    for (let at = 0; at < steps.length; at++) weights[at] = 1 / (touches[steps[at] as number] as number);
    for (const channel of steps) touches[channel] = 0;
  });
});

/** The same for touches: equal among the distinct channels of a journey, then among the touches of each channel. */
export const shapleyModel: AttributionModel = creditOneByOne((touches) => {
  const byChannel = Map.groupBy(touches, ({ channel }) => channel);
  return touches.map(({ channel }) => ratio(1n, BigInt(byChannel.size * (byChannel.get(channel)?.length ?? 1))));
});
