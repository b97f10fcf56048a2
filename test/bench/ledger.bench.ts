import type { Bench, Measurement } from './bench.ts';
import { openBenchProduct } from './ledger/bench-product.ts';
import { benchGrowth } from './ledger/growth.ts';
import { benchPosting } from './ledger/posting.ts';
import { benchSettling } from './ledger/settling.ts';

const FULL = { rounds: 8, sales: 2_000, entries: 3_000, sizes: [10_000, 100_000, 1_000_000] };
/** Under two minutes. */
const QUICK = { rounds: 4, sales: 400, entries: 600, sizes: [10_000, 30_000] };

/** What the books cost: beside SQL written by hand, with everybody on one account, and as they grow. */
export const ledgerBench: Bench = {
  name: 'ledger',
  description:
    'Sales settled (2 items, 6 parties, 14 postings) and entries posted a second, against functions in SQL that make ' +
    'the same rows on the same PostgreSQL in turns; then books of growing size. --quick: less of everything.',
  async run(args: readonly string[]): Promise<Measurement[]> {
    const size = args.includes('--quick') ? QUICK : FULL;
    return [...(await benchAgainstSql(size)), ...(await benchGrowing(size.sizes))];
  },
};

async function benchAgainstSql(size: typeof FULL): Promise<Measurement[]> {
  await using product = await openBenchProduct();
  return [...(await benchSettling(product, size)), ...(await benchPosting(product, size))];
}

async function benchGrowing(sizes: readonly number[]): Promise<Measurement[]> {
  await using product = await openBenchProduct();
  // Awaited here, since the product is closed when this returns.
  return await benchGrowth(product, sizes);
}
