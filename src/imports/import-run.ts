import type { Platform } from '../platform/platform.ts';
import { type Actor, actorName } from '../shared/actor.ts';
import { ErrorFile } from './error-file.ts';
import type { ErrorFileWritten, ImportCounts, ImportReport, OnProgress } from './import-report.ts';
import { ImportSession } from './import-session.ts';
import { Refusals } from './refusals.ts';

/** What the caller of any import decides. */
export interface ImportOptions {
  /** Everything is done and then rolled back. */
  readonly dryRun?: boolean;
  readonly onProgress?: OnProgress;
  /** Stops the run where it next reports how far it is; nothing is kept then. */
  readonly signal?: AbortSignal;
}

/** One run, as the code between staging and merging sees it. */
export interface ImportRun {
  readonly session: ImportSession;
  readonly refusals: Refusals;
  readonly now: Date;
  readonly actor: Actor;
  readonly by: string;
  readonly onProgress: OnProgress;
}

export interface ImportPlan extends ImportOptions {
  /** Where the refused records of each input go, by input. */
  readonly errorPaths: ReadonlyMap<string, string>;
  /** Tables that the run fills. */
  readonly tables: readonly string[];
}

/**
 * Runs `work` in one transaction, then puts the error files in their places and refreshes the planner's picture of the
 * tables. When `work` throws, neither the database nor the folder has changed.
 */
export async function runImport(
  { platform, actor }: { platform: Platform; actor: Actor },
  plan: ImportPlan,
  work: (run: ImportRun) => Promise<Readonly<Record<string, ImportCounts>>>,
): Promise<ImportReport> {
  const startMs = performance.now();
  const { database, clock } = platform;
  const { dryRun = false, signal } = plan;
  const onProgress: OnProgress = (progress) => {
    signal?.throwIfAborted();
    plan.onProgress?.(progress);
  };
  const files = new Map([...plan.errorPaths].map(([source, path]) => [source, new ErrorFile(path)]));
  try {
    const counts = await ImportSession.run(database, { dryRun }, async (session) => {
      const refusals = await Refusals.create(session);
      const result = await work({ session, refusals, now: clock.now(), actor, by: actorName(actor), onProgress });
      for (const [source, file] of files) {
        if ((await refusals.count(source)) > 0) await file.write(refusals.pages(source));
      }
      return result;
    });
    const errorFiles = await keepAll(files);
    if (!dryRun) await database.pool.query(`analyze ${plan.tables.join(', ')}`);
    return { counts, errorFiles, dryRun, seconds: Math.round(performance.now() - startMs) / 1_000 };
  } catch (error) {
    for (const file of files.values()) await file.discard();
    throw error;
  }
}

async function keepAll(files: ReadonlyMap<string, ErrorFile>): Promise<ErrorFileWritten[]> {
  const written: ErrorFileWritten[] = [];
  for (const [source, file] of files) {
    await file.keep();
    const { path, records, first } = file;
    if (records > 0) written.push({ source, path, records, first });
  }
  return written;
}
