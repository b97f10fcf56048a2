import { assertAtLeast, assertInput, assertWhole } from '../assert.ts';
import { CsrMatrix } from '../sparse/index.ts';
import { normaliseRows } from './row-norms.ts';

/** The terms of a text, a term as often as it occurs; their order says nothing. */
export type Document = readonly string[];

export interface TfIdfOptions {
  /** A term in fewer documents says nothing of how they go together; from 1. */
  readonly minDocumentCount: number;
  /** A term in a larger share of the documents tells none from another; above 0, at most 1. */
  readonly maxDocumentShare: number;
  /** Whether the n-th occurrence of a term counts less than the first: 1 + ln(n) in place of n. */
  readonly sublinear: boolean;
}

export const DEFAULT_TF_IDF_OPTIONS: TfIdfOptions = { minDocumentCount: 2, maxDocumentShare: 0.5, sublinear: true };

/** What was learnt from documents: which terms count, and how much each. */
export interface TfIdfModel {
  /** The terms that count, in the order of their columns (that of their code units). */
  readonly terms: readonly string[];
  /** idf(t) = ln((1 + n) / (1 + df(t))) + 1, with n documents, df(t) of them with the term: 1 for a term in all. */
  readonly idf: Float64Array;
  /** Documents by terms: tf(t, d) idf(t), rows of length 1; a document without a term that counts is an empty row. */
  transform(documents: readonly Document[]): CsrMatrix;
}

/**
 * Learns the vocabulary of the documents and how much each term tells. Source: Salton and Buckley, "Term-weighting
 * approaches in automatic text retrieval", Information Processing & Management 24(5), 1988; idf smoothed as if there
 * were one more document with every term, so that no term weighs nothing or infinitely much.
 *
 * @throws RangeError for an option out of bounds.
 */
export function fitTfIdf(documents: readonly Document[], options: Partial<TfIdfOptions> = {}): TfIdfModel {
  const { minDocumentCount, maxDocumentShare, sublinear } = { ...DEFAULT_TF_IDF_OPTIONS, ...options };
  assertWhole('minDocumentCount', minDocumentCount, { min: 1 });
  assertAtLeast('maxDocumentShare', maxDocumentShare, 0);
  assertInput(maxDocumentShare > 0 && maxDocumentShare <= 1, 'maxDocumentShare must be above 0 and at most 1');
  const counts = documentCounts(documents);
  const most = maxDocumentShare * documents.length;
  const terms = [...counts.keys()].filter((term) => {
    const count = counts.get(term) ?? 0;
    return count >= minDocumentCount && count <= most;
  });
  terms.sort(byCodeUnits);
  const idf = Float64Array.from(terms, (term) => Math.log((1 + documents.length) / (1 + (counts.get(term) ?? 0))) + 1);
  return tfIdfOf({ terms, idf }, { sublinear });
}

/** The model of what was learnt before: it weighs documents as the one that learnt it. */
export function tfIdfOf(
  { terms, idf }: Pick<TfIdfModel, 'terms' | 'idf'>,
  { sublinear }: Pick<TfIdfOptions, 'sublinear'> = DEFAULT_TF_IDF_OPTIONS,
): TfIdfModel {
  const columnOf = new Map(terms.map((term, column) => [term, column]));
  return { terms, idf, transform: (others) => weigh(others, { columnOf, idf, sublinear }) };
}

function documentCounts(documents: readonly Document[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const document of documents) {
    for (const term of new Set(document)) counts.set(term, (counts.get(term) ?? 0) + 1);
  }
  return counts;
}

function weigh(
  documents: readonly Document[],
  { columnOf, idf, sublinear }: { columnOf: ReadonlyMap<string, number>; idf: Float64Array; sublinear: boolean },
): CsrMatrix {
  const rows: number[] = [];
  const columns: number[] = [];
  documents.forEach((document, row) => {
    for (const term of document) {
      const column = columnOf.get(term);
      if (column === undefined) continue;
      rows.push(row);
      columns.push(column);
    }
  });
  const shape = { rowCount: documents.length, columnCount: idf.length };
  const counts = CsrMatrix.fromTriplets({ ...shape, rows, columns, values: new Float64Array(rows.length).fill(1) });
  const values = counts.values.map((count, e) => {
    const frequency = sublinear ? 1 + Math.log(count) : count;
    return frequency * (idf[counts.columns[e] as number] as number);
  });
  return normaliseRows(CsrMatrix.fromParts({ ...counts, values }));
}

/** The same on every machine, whatever its language. */
function byCodeUnits(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
