import { assertPaths, type ChannelModel, type Paths } from './paths.ts';

/**
 * A model of channels that shares each path's conversions among its touches in proportions that depend on nothing but the
 * path itself.
 *
 * @param sharesOf For each step of the paths its share, those of one path summing to one.
 */
export function shareModel(sharesOf: (paths: Paths) => Float64Array): ChannelModel {
  return (paths) => {
    assertPaths(paths);
    const shares = sharesOf(paths);
    return ({ conversions, values }) => {
      const counts = new Float64Array(paths.channels.length);
      const worth = new Float64Array(paths.channels.length);
      for (let path = 0; path < conversions.length; path++) {
        const end = paths.offsets[path + 1] as number;
        for (let step = paths.offsets[path] as number; step < end; step++) {
          const channel = paths.steps[step] as number;
          const share = shares[step] as number;
          counts[channel] = (counts[channel] as number) + share * (conversions[path] as number);
          worth[channel] = (worth[channel] as number) + share * (values[path] as number);
        }
      }
      return paths.channels.map((channel, at) => ({
        channel,
        conversions: counts[at] as number,
        value: worth[at] as number,
        removalEffect: null,
      }));
    };
  };
}

/** Each path's weights over their sum. A path's weights are written to the step that they belong to. */
export function normalisedShares(
  { offsets, steps }: Paths,
  weighPath: (path: number, weights: Float64Array) => void,
): Float64Array {
  const shares = new Float64Array(steps.length);
  for (let path = 0; path + 1 < offsets.length; path++) {
    const weights = shares.subarray(offsets[path], offsets[path + 1]);
    if (weights.length === 0) continue;
    weighPath(path, weights);
    let sum = 0;
    for (let at = 0; at < weights.length; at++) sum += weights[at] as number;
    for (let at = 0; at < weights.length; at++) weights[at] = (weights[at] as number) / sum;
  }
  return shares;
}
