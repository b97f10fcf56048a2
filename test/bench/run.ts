import { attributionBench } from './attribution.bench.ts';
import { attributionDatabaseBench } from './attribution-database.bench.ts';
import { runBench } from './bench.ts';
import { factorisationBench } from './factorisation.bench.ts';
import { feedBench } from './feed.bench.ts';
import { ledgerBench } from './ledger.bench.ts';
import { planBench } from './plan.bench.ts';
import { recommenderBench } from './recommender.bench.ts';
import { reconcileBench } from './reconcile.bench.ts';
import { searchBench } from './search.bench.ts';
import { similarityBench } from './similarity.bench.ts';
import { trainingBench } from './training.bench.ts';

const benches = new Map(
  [
    attributionBench,
    attributionDatabaseBench,
    factorisationBench,
    feedBench,
    ledgerBench,
    planBench,
    reconcileBench,
    recommenderBench,
    searchBench,
    similarityBench,
    trainingBench,
  ].map((bench) => [bench.name, bench]),
);

const [name = '', ...args] = process.argv.slice(2);
const bench = benches.get(name);
if (bench) {
  await runBench(bench, args);
} else {
  process.stderr.write(`npm run bench -- <name>\n${[...benches.values()].map(describe).join('\n')}\n`);
  process.exitCode = 1;
}

function describe({ name: benchName, description }: { name: string; description: string }): string {
  return `  ${benchName.padEnd(14)} ${description}`;
}
