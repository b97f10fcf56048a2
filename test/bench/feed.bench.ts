import { type Bench, type Measurement, percentile } from './bench.ts';
import { openBenchWorld } from './load/bench-world.ts';
import { GraphqlClient, type LoadReport, runOpenLoop } from './load/open-loop.ts';

const FEED =
  '{ viewer { feed(first: 20) { edges { node { score reasons { text } content { title price { amount } } } } } } }';
const CONTENTS = '{ viewer { __typename } }';
const RATES = [50, 100, 150, 200];
const PEOPLE = 2_000;

/**
 * A process of the API and PostgreSQL on this machine, asked over HTTP at fixed rates by people each of whom comes a
 * few times. The bare request is the same way without a feed: HTTP, session, GraphQL.
 */
export const feedBench: Bench = {
  name: 'feed',
  description:
    'Feeds of 20 for people of 12,000 out of 2,297 contents, over HTTP at fixed rates: milliseconds from when each was ' +
    'due. [--seconds=30]',
  async run(args): Promise<Measurement[]> {
    const seconds = Number(args.find((arg) => arg.startsWith('--seconds='))?.slice('--seconds='.length) ?? 30);
    await using world = await openBenchWorld({ people: PEOPLE, withWorker: false });
    const { address, tokens } = world;
    using client = new GraphqlClient(address);
    const load = (query: string, perSecond: number, length = seconds) =>
      runOpenLoop({
        perSecond,
        seconds: length,
        send: async (number) => {
          const answer = await client.send(query, { token: tokens[(number * 7) % tokens.length] ?? '' });
          if (!answer.includes('"data"') || answer.includes('"errors"')) throw new Error(answer.slice(0, 300));
        },
      });
    await load(FEED, 50, 10);
    const measurements = [measurementOf('bare request at 200/s', await load(CONTENTS, 200, seconds / 2))];
    for (const rate of RATES) measurements.push(measurementOf(`feed at ${rate}/s`, await load(FEED, rate)));
    return measurements;
  },
};

function measurementOf(name: string, { latencies, failures, failureCount }: LoadReport): Measurement {
  if (failures.length > 0) process.stderr.write(`${name}: ${failures.join('\n')}\n`);
  const figures = {
    requests: latencies.length,
    failed: failureCount,
    p50Ms: percentile(latencies, 0.5),
    p90Ms: percentile(latencies, 0.9),
    p99Ms: percentile(latencies, 0.99),
    maxMs: Math.max(...latencies),
  };
  return { name, figures };
}
