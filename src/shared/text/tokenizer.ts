import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Jieba } from '@node-rs/jieba';
import { stemmer } from 'stemmer';
import { foldText } from './fold-text.ts';
import { STOP_WORDS } from './stop-words.ts';

/** Longer runs are no words of any language: numbers of parts, addresses, noise. */
const LONGEST_WORD = 40;

/**
 * A run of Chinese characters; a letter with signs that belong to its name (c++, c#); a number with its decimals; a run
 * of other letters and digits, the end of an English genitive or contraction left out.
 */
const RUNS =
  /(?<han>\p{Script=Han}+)|[\p{L}--\p{Script=Han}](?:\+\+|#)|\p{N}+(?:\.\p{N}+)+|(?<word>[[\p{L}\p{M}\p{N}]--\p{Script=Han}]+)(?:['’][a-z]{1,2}\b)?/gv;
const LATIN = /^[a-z]+$/;

/**
 * The words of a text in their order, folded (see `foldText`), without stop words; a word comes as often as it occurs.
 * Chinese is cut by jieba in search mode: a long word is preceded by the shorter ones within it. One Chinese character
 * alone is a word unless it is a stop word: it may be the name of a subject.
 */
export function wordsOf(text: string): string[] {
  return allWordsOf(text).filter((word) => !STOP_WORDS.has(word));
}

/** The terms by which texts are compared: `wordsOf`, English words by their stems (Porter, 1980). */
export function termsOf(text: string): string[] {
  return wordsOf(text).map(stemOf);
}

/** The stem of an English word, as a folded text; other words stay as they are. */
export function stemOf(word: string): string {
  return LATIN.test(word) ? stemmer(word) : word;
}

/** The runs of Chinese characters in a text, whole, in their order. */
export function chineseRunsOf(text: string): string[] {
  return foldText(text).match(/\p{Script=Han}+/gu) ?? [];
}

function allWordsOf(text: string): string[] {
  const words: string[] = [];
  for (const run of foldText(text).matchAll(RUNS)) {
    const { han, word = run[0] } = run.groups ?? {};
    if (han !== undefined) words.push(...jieba().cutForSearch(han, true));
    else if (word.length <= LONGEST_WORD) words.push(word);
  }
  return words;
}

let loaded: Jieba | undefined;

/** The dictionary takes a third of a second to load: only when Chinese first comes up. */
function jieba(): Jieba {
  loaded ??= Jieba.withDict(readFileSync(createRequire(import.meta.url).resolve('@node-rs/jieba/dict.txt')));
  return loaded;
}
