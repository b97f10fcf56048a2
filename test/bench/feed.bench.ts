import { openDemoProduct } from '../../src/bin/demo/demo-product.ts';
import { User } from '../../src/users/index.ts';
import { type Bench, type Measurement, percentile } from './bench.ts';

const FEED =
  '{ viewer { feed(first: 20) { edges { node { score reasons { text } content { title price { amount } } } } } } }';
const ROUNDS = 5;
const REQUESTS_A_ROUND = 200;
const LEARNERS = 50;

/** A page of the feed through the whole server, beside the bare look-up of as many rows on the same pool, in turns. */
export const feedBench: Bench = {
  name: 'feed',
  description: 'A feed of 20 through the whole server, against selecting 20 contents by id on the same PostgreSQL.',
  async run(): Promise<Measurement[]> {
    await using product = await openDemoProduct(new Date('2026-11-20T12:00:00Z'));
    const tokens = await openSessions(product);
    const ids = await someContentIds(product);
    const feedMs: number[] = [];
    const bareMs: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      for (let at = 0; at < REQUESTS_A_ROUND; at++)
        feedMs.push(await timeOf(() => askFeed(product, tokens[at % LEARNERS])));
      for (let at = 0; at < REQUESTS_A_ROUND; at++) bareMs.push(await timeOf(() => selectBare(product, ids)));
    }
    return [measurement('feed', feedMs), measurement('bare select', bareMs), ratio(feedMs, bareMs)];
  },
};

type Product = Awaited<ReturnType<typeof openDemoProduct>>;

async function openSessions({ platform, services }: Product): Promise<string[]> {
  const learners = await platform.database.orm.em.fork().find(User, {}, { orderBy: { id: 'asc' }, limit: LEARNERS });
  return Promise.all(learners.map(async (learner) => (await services.access.openSession(learner)).token));
}

async function someContentIds({ platform }: Product): Promise<string[]> {
  const { rows } = await platform.database.pool.query<{ id: string }>('select id from contents order by id limit 20');
  return rows.map(({ id }) => id);
}

async function askFeed({ server }: Product, token: string | undefined): Promise<void> {
  const headers = { authorization: `Bearer ${token}` };
  const response = await server.inject({ method: 'POST', url: '/graphql', payload: { query: FEED }, headers });
  if (!response.body.includes('"score"')) throw new Error(`The feed failed: ${response.body.slice(0, 200)}`);
}

async function selectBare({ platform }: Product, ids: readonly string[]): Promise<void> {
  await platform.database.pool.query('select * from contents where id = any($1::uuid[])', [ids]);
}

async function timeOf(work: () => Promise<void>): Promise<number> {
  const startedMs = performance.now();
  await work();
  return performance.now() - startedMs;
}

function measurement(name: string, sample: readonly number[]): Measurement {
  return {
    name,
    figures: { p50Ms: percentile(sample, 0.5), p99Ms: percentile(sample, 0.99), requests: sample.length },
  };
}

function ratio(feed: readonly number[], bare: readonly number[]): Measurement {
  const times = (fraction: number) => percentile(feed, fraction) / percentile(bare, fraction);
  return { name: 'ratio', figures: { p50Ms: times(0.5), p99Ms: times(0.99) } };
}
