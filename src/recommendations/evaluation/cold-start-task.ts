import { evaluateRanking } from '../../math/evaluation/index.ts';
import type { RecommenderModel } from '../../math/recommenders/index.ts';
import { CsrMatrix } from '../../math/sparse/index.ts';
import type { FusedModel } from '../../math/text/index.ts';
import type { ColdStartData } from './cold-start-data.ts';
import type { EvaluationTask } from './evaluation-task.ts';
import { rankingRules } from './ranking-task.ts';

export interface ColdStartSettings {
  readonly cutoffs: readonly number[];
  readonly seed: number;
  /** What a cold item is ranked among: the cold ones, or all items that the learner does not have in train. */
  readonly among: 'cold' | 'all';
}

/** Items without interactions, found from what is told of them. `random/` metrics are of a toss among the same items. */
export function coldStartTask(data: ColdStartData, { cutoffs, seed, among }: ColdStartSettings): EvaluationTask {
  const { train, coldItems } = data;
  const test = onlyColumns(data.test, new Set(coldItems));
  const candidates = among === 'cold' ? coldItems : allItems(train);
  const input = { train, test, candidates, cutoffs, seed };
  const random = evaluateRanking({ ...input, model: tossing(train.columnCount) });
  return {
    protocol: coldStartProtocol({ cutoffs, seed, among }, coldItems.length),
    users: random.users.length,
    items: candidates.length,
    objective: `recall@${cutoffs.at(-1)}`,
    measure(recommender) {
      const model = recommender.fit(train);
      const { metrics, perUser } = evaluateRanking({ ...input, model });
      const tossed = Object.entries(random.metrics).map(([name, value]) => [`random/${name}`, value]);
      return { metrics: { ...metrics, ...Object.fromEntries(tossed), ...weightsOf(model, data) }, perUser };
    },
  };
}

/** What each modality turned out to count, where several were fused. */
function weightsOf(model: RecommenderModel | FusedModel, { modalities }: ColdStartData): Record<string, number> {
  if (!('weights' in model)) return {};
  const names = ['text', ...modalities.map(({ name }) => name)];
  return Object.fromEntries(names.map((name, m) => [`weight/${name}`, model.weights[m] ?? 0]));
}

/** All scores are equal, so the rule for equal scores decides alone. */
function tossing(itemCount: number) {
  return {
    itemCount,
    score: (_history: unknown, into?: Float64Array) => (into ?? new Float64Array(itemCount)).fill(0),
  };
}

function allItems({ columnCount }: CsrMatrix): number[] {
  return Array.from({ length: columnCount }, (_, item) => item);
}

function onlyColumns(matrix: CsrMatrix, kept: ReadonlySet<number>): CsrMatrix {
  const rows: number[] = [];
  const columns: number[] = [];
  for (let row = 0; row < matrix.rowCount; row++) {
    for (const column of matrix.row(row).indices) {
      if (!kept.has(column)) continue;
      rows.push(row);
      columns.push(column);
    }
  }
  const values = new Float64Array(rows.length).fill(1);
  return CsrMatrix.fromTriplets({ ...matrix, rows, columns, values });
}

function coldStartProtocol({ seed, among }: ColdStartSettings, coldCount: number): string {
  return [
    `cold-start: ${coldCount} items have no interaction in train; the learners who chose one of them count`,
    among === 'cold'
      ? 'only these items are ranked, by what is told of them'
      : 'all items but those of the learner in train are ranked, by what is told of them; only cold ones are relevant',
    'random/ is the same for a ranking by chance',
    ...rankingRules(seed),
    'all but coverage are means over learners',
  ].join('; ');
}
