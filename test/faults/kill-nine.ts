import { parseArgs } from 'node:util';
import { startScratchPostgres } from '../../src/platform/scratch-postgres.ts';
import { startRedis } from '../support/redis-server.ts';
import { runRounds } from './rounds.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '20' },
    seed: { type: 'string', default: String(process.pid) },
    processes: { type: 'string', default: '1' },
    redis: { type: 'boolean', default: false },
  },
});
const [rounds, seed, size] = [Number(values.rounds), Number(values.seed), Number(values.processes)];

const postgres = await startScratchPostgres();
const redis = values.redis ? await startRedis() : null;
const queues = redis ? { REDIS_URL: redis.url, REDIS_PREFIX: `faults-${process.pid}` } : {};
process.stdout.write(`${rounds} rounds, seed ${seed}, queues on ${redis ? 'Redis' : 'PostgreSQL'}\n`);
try {
  const onRound = (line: string) => void process.stdout.write(`${line}\n`);
  const tally = await runRounds({ databaseUrl: postgres.url, queues, rounds, seed, size, onRound });
  process.stdout.write(`\n${tally}\nEvery invariant held after every round.\n`);
} finally {
  await redis?.stop();
  await postgres.stop();
}
