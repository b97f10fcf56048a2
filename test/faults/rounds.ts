import { setTimeout as sleep } from 'node:timers/promises';
import type { Queue } from 'bullmq';
import { closeQueues, type JobData, openQueues } from '../../jobs/queues.ts';
import { seededRandom } from '../../src/shared/random.ts';
import { rawSql } from '../support/ledger.ts';
import { brokenMoney } from '../support/money-invariants.ts';
import { amendBack, buy, closeMonth, dispute, payOld, payOut, pick, refund, type Stage } from './deeds.ts';
import { Fleet, type FleetOptions, type Role } from './fleet.ts';
import { differences, emptyLedgerbook } from './ledgerbook.ts';
import { JOBS_OF, PHASES, type Phase } from './phases.ts';
import { openRemoteApp, type RemoteApp } from './remote-app.ts';
import { Tally } from './tally.ts';
import { buildWorld } from './world.ts';

export interface RoundOptions extends FleetOptions {
  readonly rounds: number;
  readonly seed: number;
  /** Told after each round what became of it. */
  readonly onRound?: (line: string) => void;
}

/** A kill comes so long after its operation was asked for at most ... */
const LATEST_KILL_MS = 300;
/** ... or so long after its job was seen to begin, for which so much time is given. */
const LATER_MS = 40;
const LATEST_JOB_MS = 2_000;
const RECOMPUTE_EVERY = 10;

/**
 * Lets clients buy, give back, close and pay while a process is killed at a random instant of each round, waits until
 * everything that was wanted is done, and looks whether everything holds.
 *
 * @throws Error naming what does not hold, with the round in which it broke
 */
export async function runRounds(options: RoundOptions): Promise<Tally> {
  await using fleet = await Fleet.launch(options);
  await using app = await openRemoteApp({ ...options, addresses: fleet.addresses });
  const queues = [...(await openQueues(app.queues)).entries()];
  const random = seededRandom(options.seed);
  const world = await buildWorld(app);
  const tally = new Tally(options);
  const book = emptyLedgerbook();
  try {
    for (let round = 0; round < options.rounds; round += 1) {
      const stage = { app, world, random, book, round };
      const target = PHASES[round % PHASES.length] ?? 'settle';
      const role = pick(LIKELY[target], random);
      const hit = await killDuring(stage, { target, role, fleet, queues: queues.map(([, queue]) => queue) });
      await app.drainJobs();
      const isLast = round === options.rounds - 1;
      const broken = [
        ...(await brokenMoney(app, { recompute: isLast || round % RECOMPUTE_EVERY === RECOMPUTE_EVERY - 1 })),
        ...(await differences(app, book)),
      ];
      options.onRound?.(tally.add({ role, target, hit }));
      if (broken.length > 0) throw new Error(`Round ${round + 1}:\n${broken.join('\n')}`);
    }
    await tally.close(app, book);
    return tally;
  } catch (error) {
    const traces = `The last jobs:\n${await lastJobs(app)}\nThe processes said:\n${fleet.lastWords()}`;
    throw new Error(`Seed ${options.seed}. ${traces}`, { cause: error });
  } finally {
    await closeQueues(new Map(queues));
  }
}

/** For finding out what happened. */
async function lastJobs(app: RemoteApp): Promise<string> {
  const jobs = await rawSql(
    app,
    `select concat_ws(' ', job, payload, created_at, relayed_at, settled_at, error) as line from outbox_messages
     order by created_at desc, id desc limit 40`,
  );
  return jobs.map(({ line }) => String(line)).join('\n');
}

/** Where the work of a phase is done, as often as it is. */
const LIKELY: Readonly<Record<Phase, readonly Role[]>> = {
  settle: ['worker', 'worker', 'api'],
  refund: ['worker', 'worker', 'api'],
  close: ['worker', 'worker', 'worker', 'api'],
  payout: ['api'],
  amend: ['worker', 'worker', 'api'],
};

const DEEDS: Readonly<Record<Phase, readonly ((stage: Stage) => Promise<void>)[]>> = {
  settle: [buy, payOld, payOld, buy],
  refund: [refund, dispute, refund],
  close: [closeMonth],
  payout: [payOut],
  amend: [amendBack],
};

interface Aim {
  readonly target: Phase;
  readonly role: Role;
  readonly fleet: Fleet;
  readonly queues: readonly Queue<JobData>[];
}

/** @returns names of the jobs and operations that were under way when the process died */
async function killDuring(stage: Stage, { target, role, fleet, queues }: Aim): Promise<string[]> {
  const { app, random } = stage;
  // Other things happen at the same time, save that a month is closed, and a partner paid, once in a round.
  const others = PHASES.filter((phase) => phase !== target && (phase !== 'amend' || random.next() < 0.05));
  const deeds = [...others, target].flatMap((phase) => DEEDS[phase]);
  const done = Promise.all(deeds.map((deed) => deed(stage)));
  // Looked at below, after the process is up again.
  done.catch(() => undefined);
  if (role === 'worker' && random.next() < 0.6) await untilActive(queues, JOBS_OF[target]);
  else await sleep(random.next() * LATEST_KILL_MS);
  await sleep(random.next() * LATER_MS);
  const asked = app.underWay();
  const restart = await fleet.kill(role, random);
  const jobs = await activeJobs(queues);
  await restart();
  await done;
  return role === 'api' ? [...asked, ...jobs.filter((job) => ASKS_API.has(job))] : jobs;
}

/** Jobs during which the provider calls the API. */
const ASKS_API: ReadonlySet<string> = new Set(['charge-payment', 'send-refund']);

/** Waits until a worker does one of the jobs; not for ever, since it may be done already. */
async function untilActive(queues: readonly Queue<JobData>[], jobs: readonly string[]): Promise<void> {
  const deadline = performance.now() + LATEST_JOB_MS;
  while (performance.now() < deadline) {
    if ((await activeJobs(queues)).some((job) => jobs.includes(job))) return;
    await sleep(2);
  }
}

async function activeJobs(queues: readonly Queue<JobData>[]): Promise<string[]> {
  const active = await Promise.all(queues.map((queue) => queue.getActive()));
  return active.flat().map(({ name }) => name);
}
