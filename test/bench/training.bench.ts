import { setTimeout as sleep } from 'node:timers/promises';
import { loadServedModel, servingVersionId } from '../../src/recommendations/model/index.ts';
import type { Services } from '../../src/services.ts';
import { system } from '../../src/shared/actor.ts';
import { globalId } from '../../src/shared/global-id.ts';
import { type Bench, type Measurement, percentile } from './bench.ts';
import { type BenchWorld, openBenchWorld } from './load/bench-world.ts';
import { GraphqlClient, type LoadReport, runOpenLoop } from './load/open-loop.ts';

const OPERATOR = system('bench');
const FEED = '{ viewer { feed(first: 20) { edges { node { score content { title } } } } } }';
const SEARCH = '{ search(query: "music topic", first: 10) { edges { node { content { title } } } } }';
const CONTENT = 'query ($id: ID!) { content(id: $id) { title price { amount currency } partner { name } } }';
const VIEWER = '{ viewer { __typename } }';
const PEOPLE = 1_000;
/** Idle and training in turns, so that a machine that slows down does so in both. */
const ROUNDS = 3;
const POLL_MS = 100;

/**
 * What a training takes, and what it costs those who use the product meanwhile: a process of the API and one of a worker
 * with PostgreSQL on this machine; feeds, searches, contents and bare requests at a fixed rate, while the worker does nothing
 * and while it trains without a pause.
 */
export const trainingBench: Bench = {
  name: 'training',
  description:
    'A mixed load over HTTP at a fixed rate, in milliseconds from when each was due, while a worker process is idle ' +
    'and while it trains on 12,000 people with 2,297 contents; then what trainings and loading take. [--seconds=20] [--rate=50]',
  async run(args): Promise<Measurement[]> {
    const seconds = optionOf(args, { name: 'seconds', usual: 20 });
    const perSecond = optionOf(args, { name: 'rate', usual: 50 });
    await using opened = await openBenchWorld({ people: PEOPLE, withWorker: true });
    const { rows } = await opened.platform.database.pool.query<{ id: string }>('select id from contents order by id');
    const world: World = { ...opened, contentIds: rows.map(({ id }) => id) };
    using client = new GraphqlClient(world.address);
    const load = () => runOpenLoop({ perSecond, seconds, send: (number) => sendOne(client, world, number) });
    await load();
    const idle: LoadReport[] = [];
    const training: LoadReport[] = [];
    let trainings = 0;
    for (let round = 0; round < ROUNDS; round++) {
      idle.push(await load());
      const stop = new AbortController();
      const trained = trainUntil(world, stop.signal);
      training.push(await load());
      stop.abort();
      trainings += await trained;
    }
    return [
      measurementOf('worker idle', idle),
      measurementOf('worker trains', training),
      ratioOf(training, idle),
      { name: 'trainings meanwhile', figures: { count: trainings } },
      await timeTraining(world, { name: 'full training', isFull: true }),
      await timeTraining(world, { name: 'incremental, nothing changed', isFull: false }),
      await timeLoading(world),
    ];
  },
};

function optionOf(args: readonly string[], { name, usual }: { name: string; usual: number }): number {
  const given = args.find((arg) => arg.startsWith(`--${name}=`));
  return given === undefined ? usual : Number(given.slice(name.length + 3));
}

interface World extends BenchWorld {
  readonly contentIds: readonly string[];
}

/** Of ten requests four feeds, two searches, three contents and a bare one. */
async function sendOne(client: GraphqlClient, { tokens, contentIds }: World, number: number): Promise<void> {
  const token = tokens[(number * 7) % tokens.length] ?? '';
  const id = globalId('Content', contentIds[(number * 13) % contentIds.length] ?? '');
  const turn = number % 10;
  const query = turn < 4 ? FEED : turn < 6 ? SEARCH : turn < 9 ? CONTENT : VIEWER;
  const answer = await client.send(query, { token, ...(query === CONTENT ? { variables: { id } } : {}) });
  if (!answer.includes('"data"') || answer.includes('"errors"')) throw new Error(answer.slice(0, 300));
}

/** Has the worker train again and again. @returns how often it did */
async function trainUntil({ services }: World, signal: AbortSignal): Promise<number> {
  for (let count = 0; ; count++) {
    if (signal.aborted) return count;
    await trainOnce(services, true);
  }
}

async function trainOnce(services: Services, isFull: boolean) {
  const { runId } = await services.similarity.requestRecompute(OPERATOR, { isFull });
  for (;;) {
    const run = await services.models.findTraining(OPERATOR, runId);
    if (run?.endedAt) return run;
    await sleep(POLL_MS);
  }
}

async function timeTraining(
  { services }: World,
  { name, isFull }: { name: string; isFull: boolean },
): Promise<Measurement> {
  const startedMs = performance.now();
  const run = await trainOnce(services, isFull);
  const recomputed = run.recomputedContents ?? Number.NaN;
  return { name, figures: { seconds: (performance.now() - startedMs) / 1_000, recomputed, shards: run.shardCount } };
}

async function timeLoading({ platform: { database } }: World): Promise<Measurement> {
  const versionId = (await servingVersionId(database)) ?? '';
  const loads: number[] = [];
  for (let round = 0; round < 5; round++) {
    const startedMs = performance.now();
    if (!(await loadServedModel(database, versionId))) throw new Error('There is no model to load.');
    loads.push(performance.now() - startedMs);
  }
  return { name: 'loading a version', figures: { p50Ms: percentile(loads, 0.5) } };
}

function latenciesOf(reports: readonly LoadReport[]): number[] {
  return reports.flatMap(({ latencies }) => latencies);
}

function measurementOf(name: string, reports: readonly LoadReport[]): Measurement {
  const latencies = latenciesOf(reports);
  const failures = reports.flatMap((report) => report.failures);
  if (failures.length > 0) process.stderr.write(`${name}: ${failures.join('\n')}\n`);
  const failed = reports.reduce((sum, { failureCount }) => sum + failureCount, 0);
  const times = { p50Ms: percentile(latencies, 0.5), p99Ms: percentile(latencies, 0.99) };
  return { name, figures: { requests: latencies.length, failed, ...times } };
}

function ratioOf(training: readonly LoadReport[], idle: readonly LoadReport[]): Measurement {
  const of = (fraction: number) =>
    percentile(latenciesOf(training), fraction) / percentile(latenciesOf(idle), fraction);
  return { name: 'ratio', figures: { p50Ms: of(0.5), p99Ms: of(0.99) } };
}
