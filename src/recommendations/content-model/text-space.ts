import type { CsrMatrix } from '../../math/sparse/index.ts';
import { fitTfIdf, joinFields, normaliseRows, tfIdfOf } from '../../math/text/index.ts';
import { type ContentText, TEXT_FIELDS, type TextField, termsOfField } from './content-text.ts';
import { DEFAULT_VECTOR_OPTIONS } from './content-vectors.ts';

/** The terms of one field that count, in the order of their columns, and how much each tells. */
export interface FieldTerms {
  readonly field: TextField;
  readonly terms: readonly string[];
  readonly idf: Float64Array;
}

/** What a catalogue says in which words: as plain data, so that it can be kept and sent. */
export type TextSpace = readonly FieldTerms[];

/** A term in more documents than this share, or these few, tells none from another. */
const MAX_DOCUMENT_SHARE = 0.5;
const FEW_DOCUMENTS = 10;

/**
 * Learns the terms of a catalogue, and places its contents by them: contents by terms, rows of length 1, so that the dot
 * product of two is the cosine of what is told of them. A content of which nothing is told is an empty row.
 */
export function fitTextSpace(texts: readonly ContentText[]): { space: TextSpace; vectors: CsrMatrix } {
  const maxDocumentShare = Math.min(1, Math.max(MAX_DOCUMENT_SHARE, FEW_DOCUMENTS / Math.max(1, texts.length)));
  const documents = documentsOf(texts);
  const space = documents.map(({ field, terms: termsOfTexts }) => {
    const { terms, idf } = fitTfIdf(termsOfTexts, { maxDocumentShare });
    return { field, terms, idf };
  });
  return { space, vectors: place(space, documents) };
}

/** Places texts among those that a space was learnt from: each as if it had been one of them, but for its own terms. */
export function placeTexts(space: TextSpace, texts: readonly ContentText[]): CsrMatrix {
  return place(space, documentsOf(texts));
}

interface FieldDocuments {
  readonly field: TextField;
  readonly terms: readonly (readonly string[])[];
}

function place(space: TextSpace, documents: readonly FieldDocuments[]): CsrMatrix {
  const fields = space.map((learnt) => {
    const { terms = [] } = documents.find(({ field }) => field === learnt.field) ?? {};
    return { matrix: tfIdfOf(learnt).transform(terms), weight: DEFAULT_VECTOR_OPTIONS.weights[learnt.field] };
  });
  return normaliseRows(joinFields(fields));
}

/** The terms of all texts, by field. Each term is kept once, however often it comes: texts repeat a small vocabulary. */
function documentsOf(texts: readonly ContentText[]): FieldDocuments[] {
  const known = new Map<string, string>();
  const once = (term: string): string => {
    const first = known.get(term);
    if (first === undefined) known.set(term, term);
    return first ?? term;
  };
  return TEXT_FIELDS.map((field) => ({ field, terms: texts.map((text) => termsOfField(text, field).map(once)) }));
}
