import { deletionVariants } from '../math/text/index.ts';

const HAN = /^\p{Script=Han}+$/u;

/** The edits that are forgiven in a word as it was typed: one from four characters on, two from eight. */
export function forgivenEdits(word: string): 0 | 1 | 2 {
  const length = Array.from(word).length;
  if (length < 4 || /^[\d.]+$/.test(word)) return 0;
  return length < 8 ? 1 : 2;
}

/**
 * What a term of the index is found by when it is not typed as it is written: its deletion variants, as many as the
 * longest typed word within reach needs, and of a Chinese word each character, for those who type one of it alone.
 */
export function keysOf(term: string): string[] {
  const length = Array.from(term).length;
  const variants = length < 3 ? [] : deletionVariants(term, length < 6 ? 1 : 2);
  return [...new Set([...variants, ...(isChinese(term) && length > 1 ? Array.from(term) : [])])];
}

/** The keys by which terms like a typed word are looked up. */
export function lookupKeysOf(word: string): string[] {
  if (isChinese(word) && Array.from(word).length === 1) return [word];
  const edits = forgivenEdits(word);
  return edits === 0 ? [] : deletionVariants(word, edits);
}

export function isChinese(word: string): boolean {
  return HAN.test(word);
}
