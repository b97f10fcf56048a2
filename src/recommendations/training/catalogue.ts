import type { ContentText } from '../content-model/index.ts';
import { parseJsonLines } from './json-lines.ts';
import type { TextRow } from './training-sources.ts';

/** The contents that a version knows, numbered in the order of their ids. */
export interface Catalogue {
  readonly contentIds: readonly string[];
  /** What is told of each; empty where nothing is known. */
  readonly texts: readonly ContentText[];
}

const NOTHING_TOLD: ContentText = { title: '', description: '', authors: [], keywords: [], partners: [] };

/**
 * All contents that are on the shelf or that people did something with.
 *
 * @param metIds contents that people did something with
 * @param textLines lines of `TextRow`
 */
export function readCatalogue(metIds: readonly string[], textLines: Uint8Array): Catalogue {
  const met = new Set(metIds);
  const texts = new Map(metIds.map((id) => [id, NOTHING_TOLD]));
  for (const row of parseJsonLines(textLines)) {
    const [id, isPublished] = row as TextRow;
    if (isPublished || met.has(id)) texts.set(id, toContentText(row as TextRow));
  }
  const contentIds = [...texts.keys()].sort();
  return { contentIds, texts: contentIds.map((id) => texts.get(id) ?? NOTHING_TOLD) };
}

export function toContentText(row: TextRow): ContentText {
  const [, , title, description, authors, keywords, partner] = row;
  return { title, description, authors, keywords, partners: [partner] };
}

/** The number of each of some ids among sorted ones; -1 where it is none of them. */
export function numbersAmong(ids: readonly string[], sorted: readonly string[]): Int32Array {
  const numbers = new Map(sorted.map((id, number) => [id, number]));
  return Int32Array.from(ids, (id) => numbers.get(id) ?? -1);
}
