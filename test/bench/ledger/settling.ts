import { invariant } from '../../../src/shared/invariant.ts';
import type { Measurement } from '../bench.ts';
import { type BenchProduct, WRITERS } from './bench-product.ts';
import { makeHandWritten } from './hand-written.ts';
import { race } from './rounds.ts';
import { makeOrders, prepareSales, type SalesFixture } from './sales.fixture.ts';

const POSTINGS_A_SALE = 14;

/** Sales settled a second, beside a function that makes the same rows. Every sale touches the platform's account. */
export async function benchSettling(
  product: BenchProduct,
  { rounds, sales }: { rounds: number; sales: number },
): Promise<Measurement[]> {
  const fixture = await prepareSales(product);
  const [template = ''] = await settle(product, await makeOrders(product, fixture, 1));
  await makeHandWritten(product, template);
  await assertSameRows(product, fixture);
  const batches = await race('sales in batches of 100', contenders(product, fixture, { sales, batch: 100 }), {
    rounds,
    callers: 1,
    unitsEach: 100,
  });
  const measurements = [...batches];
  for (const callers of [8, WRITERS]) {
    const name = `sales one by one, ${callers} callers`;
    const each = contenders(product, fixture, { sales, batch: 1 });
    measurements.push(...(await race(name, each, { rounds, callers, unitsEach: 1 })));
  }
  return measurements;
}

function contenders(product: BenchProduct, fixture: SalesFixture, size: { sales: number; batch: number }) {
  const { allocations } = product.services;
  const { pool } = product.platform.database;
  const contender = (name: string, run: (orderIds: string[]) => Promise<unknown>) => ({
    name,
    async prepare() {
      const orderIds = await makeOrders(product, fixture, size.sales);
      const count = Math.floor(orderIds.length / size.batch);
      const parts = Array.from({ length: count }, (_, at) => orderIds.slice(at * size.batch, (at + 1) * size.batch));
      return parts.map((part) => () => run(part));
    },
  });
  return {
    ours: contender('service', (orderIds) =>
      orderIds.length === 1 ? allocations.settleSale(orderIds[0] ?? '') : allocations.settleSales(orderIds),
    ),
    theirs: contender('hand-written SQL', (orderIds) => pool.query('select bench_settle($1::uuid[])', [orderIds])),
  };
}

async function settle({ services }: BenchProduct, orderIds: string[]): Promise<string[]> {
  await services.allocations.settleSales(orderIds);
  return orderIds;
}

/** Both ways must leave as many rows of every kind, or one of them is not what it says. */
async function assertSameRows(product: BenchProduct, fixture: SalesFixture): Promise<void> {
  const before = await countRows(product);
  await settle(product, await makeOrders(product, fixture, 3));
  const ours = await countRows(product);
  const orderIds = await makeOrders(product, fixture, 3);
  await product.platform.database.pool.query('select bench_settle($1::uuid[])', [orderIds]);
  const theirs = await countRows(product);
  for (const [table, count] of Object.entries(ours)) {
    const [added, addedByThem] = [count - (before[table] ?? 0), (theirs[table] ?? 0) - count];
    invariant(added === addedByThem, `both ways add as many rows to ${table}: ${added} and ${addedByThem}`);
  }
  const postings = (ours.ledger_postings ?? 0) - (before.ledger_postings ?? 0);
  invariant(postings === 3 * POSTINGS_A_SALE, `a sale has ${POSTINGS_A_SALE} postings, not ${postings / 3}`);
}

/** Every table that settling a sale adds to, save the message that asks for the seal, which many sales share. */
const TABLES = [
  'ledger_transactions',
  'ledger_unsealed',
  'ledger_postings',
  'allocations',
  'allocation_shares',
  'partner_entries',
];

async function countRows({ platform }: BenchProduct): Promise<Record<string, number>> {
  const counts = TABLES.map((table) => `(select count(*)::int from ${table}) as ${table}`).join(', ');
  const { rows } = await platform.database.pool.query<Record<string, number>>(`select ${counts}`);
  return rows[0] ?? {};
}
