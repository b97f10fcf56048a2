/**
 * How many edits make one word the other: insertions, deletions, substitutions of one character and exchanges of two that
 * stand side by side, no part edited twice ("optimal string alignment"). Characters are code points. Stops when it
 * is sure to be more than `most`. Source: Damerau, "A technique for computer detection and correction of spelling errors",
 * Communications of the ACM 7(3), 1964, with the bounded table of Ukkonen, 1985.
 *
 * @returns the distance, or `most + 1` for any larger one
 */
export function editDistance(one: string, other: string, most: number): number {
  const [a, b] = [Array.from(one), Array.from(other)];
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const substituted = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let least = Math.min((last[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1, substituted);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        least = Math.min(least, (beforeLast[j - 2] ?? 0) + 1);
      }
      current.push(least);
    }
    if (Math.min(...current) > most) return most + 1;
    [beforeLast, last] = [last, current];
  }
  return Math.min(last[b.length] ?? 0, most + 1);
}

/** Of a longer word only so many characters are varied; enough for two edits to be found wherever they are. */
const VARIED = 8;

/**
 * What is left of a word's first eight characters when up to `most` of them are left out, itself included: two words
 * within `most` edits of each other have a variant in common, so that an index of variants finds all candidates
 * for `editDistance`, and not many others. Source: Garbe, "1000x faster spelling correction: symmetric delete", 2012.
 */
export function deletionVariants(word: string, most: number): string[] {
  const found = new Set([Array.from(word).slice(0, VARIED).join('')]);
  let latest = [...found];
  for (let deletion = 0; deletion < most; deletion++) {
    latest = latest.flatMap((variant) => {
      const characters = Array.from(variant);
      return characters.map((_, at) => characters.toSpliced(at, 1).join(''));
    });
    for (const variant of latest) found.add(variant);
  }
  return [...found];
}
