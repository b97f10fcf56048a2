import { describe, expect, inject, it } from 'vitest';
import { hasRedis, uniquePrefix } from '../support/redis.ts';
import { createTestDatabase } from '../support/test-database.ts';
import { runRounds } from './rounds.ts';

/** A round takes four seconds on a machine of one's own. */
const LIMIT_MS = 240_000;

// `npm run faults` does this at length.
describe.each([
  { store: 'PostgreSQL', seed: 1, rounds: 3, skip: false, queues: () => ({}) },
  {
    store: 'Redis',
    seed: 2,
    rounds: 2,
    skip: !hasRedis(),
    queues: () => ({ REDIS_URL: inject('redisUrl'), REDIS_PREFIX: uniquePrefix() }),
  },
])('API and worker, killed at random instants, with their queues on $store', ({ skip, seed, rounds, queues }) => {
  it.skipIf(skip)('lose nothing, do nothing twice, and leave books that add up', { timeout: LIMIT_MS }, async () => {
    await using test = await createTestDatabase();
    const lines: string[] = [];
    const onRound = (line: string) => void lines.push(line);
    const options = { databaseUrl: test.url, queues: queues(), rounds, seed, size: 1, onRound };
    const { figures, kills } = await runRounds(options);
    expect(lines).toHaveLength(rounds);
    expect(kills.api + kills.worker).toBe(rounds);
    // Otherwise there was nothing that could have been lost.
    expect(figures).toMatchObject({ orders: 4 * rounds, 'months closed': rounds - 1 });
    expect(figures['ledger transactions checked']).toBeGreaterThanOrEqual(4 * rounds);
  });
});
