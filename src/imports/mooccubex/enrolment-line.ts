const WHOLE_NUMBER = /^\d{1,9}$/;

export interface EnrolmentLine {
  readonly learner: string;
  /** Numbers of courses, in the order in which the learner enrolled. */
  readonly courses: readonly string[];
}

/**
 * Reads a line of `train.txt` or `test.txt`: the number of a learner, then those of courses, separated by spaces.
 *
 * @returns why not, as the rest of a sentence that begins with the line, when it is no such line
 */
export function readEnrolments(text: string): EnrolmentLine | string {
  const [learner = '', ...courses] = text.trim().split(/[ \t]+/);
  const wrong = [learner, ...courses].find((word) => !WHOLE_NUMBER.test(word));
  if (wrong === undefined) return { learner, courses };
  return `has ${JSON.stringify(wrong.slice(0, 40))} where a whole number must be`;
}
