import { basename } from 'node:path';
import type { ImportRun } from '../import-run.ts';
import { jsonlSource } from '../sources/jsonl.source.ts';
import { type Line, readLines, TOO_LONG } from '../sources/line-reader.ts';
import { isText, NOT_UTF8 } from '../sources/record-source.ts';
import { openTextFile } from '../sources/text-file.ts';
import { stageRecords } from '../stage-records.ts';
import { COURSE_STAGING, readCourse } from './course-line.ts';
import { type EnrolmentLine, readEnrolments } from './enrolment-line.ts';

export const COURSES = 'mooc_courses';
export const ENROLMENTS = 'mooc_enrolments';

/** One learner and one course, numbered through all files; a learner without a course has a row without one. */
const ENROLMENT_STAGING = {
  file: 'smallint',
  line: 'integer',
  sequence: 'integer',
  learner: 'integer',
  course: 'integer',
} as const;

/** @returns number of courses read, refused ones included */
export async function stageCourses(run: ImportRun, path: string): Promise<number> {
  const source = jsonlSource(await openTextFile(path));
  return stageRecords(run, { table: COURSES, columns: COURSE_STAGING, path, source, read: readCourse });
}

/** @returns number of enrolments read; a line that cannot be read counts as one */
export async function stageEnrolments(run: ImportRun, paths: readonly string[]): Promise<number> {
  await run.session.createStaging(ENROLMENTS, ENROLMENT_STAGING);
  let records = 0;
  for (const [file, path] of paths.entries()) records = await stageFile(run, { file, path, before: records });
  await run.session.flush();
  await run.session.analyse(ENROLMENTS);
  return records;
}

/** @returns number of enrolments read so far, those of the files before included */
async function stageFile(run: ImportRun, input: { file: number; path: string; before: number }): Promise<number> {
  const { session, refusals, onProgress } = run;
  const { file, path } = input;
  const text = await openTextFile(path);
  let records = input.before;
  for await (const lines of readLines(text.chunks())) {
    for (const line of lines) {
      const read = parse(line);
      if (read === null) continue;
      if (typeof read === 'string') {
        refusals.add(path, { line: line.number, column: null, reason: read, raw: line.text });
        records++;
        continue;
      }
      const { learner, courses } = read;
      if (courses.length === 0) session.stage(ENROLMENTS, [file, line.number, records, learner, null]);
      for (const course of courses) session.stage(ENROLMENTS, [file, line.number, records++, learner, course]);
    }
    await session.flushLarge();
    onProgress({ stage: `reading ${basename(path)}`, fraction: text.fractionRead(), records });
  }
  return records;
}

/** Null for a line of blanks, a reason for one that cannot be read. */
function parse({ text, tooLong }: Line): EnrolmentLine | string | null {
  if (text.trim() === '') return null;
  if (tooLong) return TOO_LONG;
  return isText(text) ? readEnrolments(text) : NOT_UTF8;
}
