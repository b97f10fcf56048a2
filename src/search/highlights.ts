import { foldText } from '../shared/text/index.ts';
import { isChinese } from './term-keys.ts';

/** A part of a text, found or not. */
export interface Fragment {
  readonly text: string;
  readonly isMatch: boolean;
}

/** Characters of a long text that are shown, some of them before the first match. */
const EXCERPT = { length: 160, before: 40 };

/**
 * The text in parts, those that are one of the terms marked; null when none of it is. A term in letters is found as a
 * whole word, one in Chinese anywhere. Of a long text only what is around the first match.
 */
export function highlight(text: string, terms: readonly string[]): Fragment[] | null {
  const marks = marksOf(text, terms);
  const first = marks.indexOf(true);
  if (first < 0) return null;
  const from = marks.length <= EXCERPT.length ? 0 : Math.max(0, first - EXCERPT.before);
  return fragmentsOf(Array.from(text).slice(from, from + EXCERPT.length), marks.slice(from));
}

/** For each code point of the text, whether it is part of a match. */
function marksOf(text: string, terms: readonly string[]): boolean[] {
  const characters = Array.from(text);
  const marks = characters.map(() => false);
  // Folding may make one character two: each unit of the folded text knows the character that it came from.
  const folded = characters.map(foldText);
  const origins = folded.flatMap((part, at) => Array.from({ length: part.length }, () => at));
  const whole = folded.join('');
  for (const term of terms) {
    for (let at = whole.indexOf(term); at >= 0; at = whole.indexOf(term, at + 1)) {
      if (!isWhole(whole, { term, at })) continue;
      for (let unit = at; unit < at + term.length; unit++) marks[origins[unit] ?? 0] = true;
    }
  }
  return marks;
}

function isWhole(text: string, { term, at }: { term: string; at: number }): boolean {
  if (isChinese(term)) return true;
  return !joins(text[at - 1]) && !joins(text[at + term.length]);
}

function joins(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}]/u.test(character) && !isChinese(character);
}

function fragmentsOf(characters: readonly string[], marks: readonly boolean[]): Fragment[] {
  const fragments: { text: string; isMatch: boolean }[] = [];
  characters.forEach((character, at) => {
    const isMatch = marks[at] ?? false;
    const last = fragments.at(-1);
    if (last?.isMatch === isMatch) last.text += character;
    else fragments.push({ text: character, isMatch });
  });
  return fragments;
}
