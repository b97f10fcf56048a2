import { access } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Platform } from '../../platform/platform.ts';
import type { Actor } from '../../shared/actor.ts';
import { defaultErrorPath } from '../error-file.ts';
import { ImportFileError } from '../import.errors.ts';
import type { ImportCounts, ImportReport } from '../import-report.ts';
import { type ImportOptions, type ImportRun, runImport } from '../import-run.ts';
import type { ImportServices } from '../kinds/importer.ts';
import { repeatedIn } from '../kinds/merge.sql.ts';
import { requestIndexing } from '../kinds/search-indexing.ts';
import { mergeCourses, mergeEnrolments, mergeLearners, mergeSchools } from './mooccubex.merge.ts';
import { COURSES, ENROLMENTS, stageCourses, stageEnrolments } from './mooccubex.staging.ts';

export interface MooccubexImport extends ImportOptions {
  /** Holds `course_profiles.jsonl`, `train.txt` and `test.txt`, each plain or with `.gz`. */
  readonly folder: string;
  /** Folder for the error files; beside the inputs unless given. */
  readonly errorsFolder?: string | undefined;
}

const TABLES = [
  'domains',
  'partners',
  'partner_steps',
  'contents',
  'content_steps',
  'licences',
  'users',
  'interactions',
];

/**
 * Imports MOOCCubeX (Yu et al., CIKM 2021) as the sample of enrolments that ranking papers use: schools, courses,
 * learners and enrolments, in one transaction.
 *
 * @throws ImportFileError when a file is missing or cannot be used; nothing has changed then
 */
export async function importMooccubex(
  scope: { platform: Platform; actor: Actor; services: ImportServices },
  request: MooccubexImport,
): Promise<ImportReport> {
  const { courses, enrolments } = await findMooccubexFiles(request.folder);
  const errorPaths = new Map<string, string>();
  for (const path of [courses, ...enrolments]) {
    const { errorsFolder } = request;
    const file = errorsFolder ? join(errorsFolder, `${basename(path)}.errors.csv`) : await defaultErrorPath(path);
    errorPaths.set(path, file);
  }
  return runImport(scope, { ...request, errorPaths, tables: TABLES }, async (run) => {
    const counts = await importAll(run, { courses, enrolments });
    await requestIndexing({ ...run, services: scope.services });
    return counts;
  });
}

async function importAll(
  run: ImportRun,
  paths: { courses: string; enrolments: readonly string[] },
): Promise<Record<string, ImportCounts>> {
  const courses = await stageCourses(run, paths.courses);
  const enrolments = await stageEnrolments(run, paths.enrolments);
  const merging = (what: string) => run.onProgress({ stage: `merging ${what}`, records: courses + enrolments });
  await refuseRepeatedCourses(run, paths.courses);
  await refuseUnknownCourses(run, paths.enrolments);
  merging('courses');
  const schools = await mergeSchools(run);
  const contents = { read: courses, ...(await mergeCourses(run)) };
  const refusedCourses = await run.refusals.count(paths.courses);
  merging('learners');
  const learners = await mergeLearners(run);
  const interactions = { read: enrolments, inserted: await mergeEnrolments(run, courses + enrolments), updated: 0 };
  let refused = 0;
  for (const path of paths.enrolments) refused += await run.refusals.count(path);
  return {
    partners: counted(schools, 0),
    contents: counted(contents, refusedCourses),
    users: counted(learners, 0),
    interactions: counted(interactions, refused),
  };
}

function counted(counts: { read: number; inserted: number; updated: number }, refused: number): ImportCounts {
  const { read, inserted, updated } = counts;
  return { read, inserted, updated, unchanged: read - inserted - updated - refused, refused };
}

async function refuseRepeatedCourses({ refusals }: ImportRun, source: string): Promise<void> {
  const from = { source, table: COURSES };
  await refusals.refuse(from, repeatedIn(COURSES, { column: 'ref', name: 'original_id' }));
  await refusals.refuse(from, repeatedIn(COURSES, { column: 'number', name: 'mapped_id' }));
}

/** A course that was refused leaves its enrolments without one: they are refused by the line that they stand on. */
async function refuseUnknownCourses({ refusals }: ImportRun, sources: readonly string[]): Promise<void> {
  for (const [file, source] of sources.entries()) {
    await refusals.addFrom(
      `select $1, line, 'item', 'names no course of course_profiles', concat(learner, ' ', course) from ${ENROLMENTS}
       where file = $2 and course not in (select number from ${COURSES})`,
      [source, file],
    );
  }
}

/** @throws ImportFileError when one is missing */
export async function findMooccubexFiles(folder: string): Promise<{ courses: string; enrolments: string[] }> {
  const courses = await findInput(folder, 'course_profiles.jsonl');
  return { courses, enrolments: [await findInput(folder, 'train.txt'), await findInput(folder, 'test.txt')] };
}

async function findInput(folder: string, name: string): Promise<string> {
  for (const path of [join(folder, `${name}.gz`), join(folder, name)]) {
    const isThere = await access(path).then(
      () => true,
      () => false,
    );
    if (isThere) return path;
  }
  throw new ImportFileError(join(folder, name), 'does not exist, with or without .gz.');
}
