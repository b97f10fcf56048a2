import type { Entry } from '../../ledger/index.ts';
import type { CopySession } from '../../platform/copy-session.ts';
import type { EntityManager } from '../../platform/database.ts';
import type { Platform } from '../../platform/platform.ts';
import type { FileSummary, SettlementReading } from '../reading/settlement-line.ts';
import type { SettlementProfile } from '../reading/settlement-profile.ts';
import type { RunPeriod, Span } from '../run-period.ts';
import type { RunReport } from '../run-report.ts';
import {
  findAdjustments,
  findDifferences,
  findEarlierNames,
  findMissingMovements,
  findUnknownLines,
  spanOf,
  sumMatches,
} from './find-differences.ts';
import { keepRun } from './keep-run.ts';
import { lockProvider } from './lock-provider.ts';
import { matchByAmount } from './match-by-amount.ts';
import { matchByName } from './match-by-name.ts';
import { findCandidates, markRepeated, openSides } from './open-sides.ts';
import { entriesOfRun } from './post-run.ts';
import { raiseExceptions } from './raise-exceptions.ts';
import { reportRows } from './run-totals.ts';
import { type AnsweredException, findAnswered } from './settle-late.ts';
import { createStaging, type StagedRun, stageBatch } from './stage-lines.ts';

/** A file comes in pieces of some dozens of lines: nobody wants to hear of each. */
const LINES_A_REPORT = 2_000;

export interface MatchedFile {
  readonly report: RunReport;
  readonly summary: FileSummary;
  readonly span: Span | null;
  readonly entries: readonly Entry[];
  /** Exceptions of earlier runs that this one answers. */
  readonly answered: readonly AnsweredException[];
}

/**
 * Reads a file, matches its lines with our movements and keeps all of it within the session's transaction, in memory that
 * does not grow with the file. Runs of one provider wait for each other from the end of the reading on.
 *
 * @param onLines told how many lines were read so far
 * @throws SettlementFileError when the file cannot be read as the profile says
 */
export async function matchFile(
  session: CopySession,
  run: StagedRun,
  options: {
    platform: Pick<Platform, 'ids' | 'clock'>;
    profile: SettlementProfile;
    reading: SettlementReading;
    /** What of ours the file has to have; null for what lies between its lines. */
    period: RunPeriod | null;
    onLines?: ((lines: number) => void) | undefined;
  },
): Promise<MatchedFile> {
  const { platform, profile, reading, period, onLines } = options;
  const { em } = session;
  await createStaging(em);
  await stageLines(session, run, { reading, onLines });
  const summary = reading.summary();
  await lockProvider(em, run.provider);
  await markRepeated(em, run);
  await openSides(em, run);
  await findCandidates(em);
  await matchByName(em, profile.matching);
  await matchByAmount(em, profile.matching);
  return conclude(em, run, { platform, profile, period, summary });
}

async function stageLines(
  session: CopySession,
  run: StagedRun,
  { reading, onLines }: { reading: SettlementReading; onLines?: ((lines: number) => void) | undefined },
): Promise<void> {
  let lines = 0;
  let told = 0;
  for await (const batch of reading.batches()) {
    await stageBatch(session, run, batch);
    lines += batch.lines.length;
    if (lines - told < LINES_A_REPORT) continue;
    onLines?.(lines);
    told = lines;
  }
  await session.flush();
  onLines?.(lines);
}

async function conclude(
  em: EntityManager,
  run: StagedRun,
  context: {
    platform: Pick<Platform, 'ids' | 'clock'>;
    profile: SettlementProfile;
    period: RunPeriod | null;
    summary: FileSummary;
  },
): Promise<MatchedFile> {
  const { platform, profile, period, summary } = context;
  await sumMatches(em);
  await findDifferences(em, { ...profile.matching, tellsFees: tellsFees(profile, summary.layout) });
  await findEarlierNames(em, run);
  await findUnknownLines(em);
  await findAdjustments(em);
  const span = await spanOf(em);
  await findMissingMovements(em, run, { period, span });
  const answered = await findAnswered(em, run);
  const now = platform.clock.now();
  await keepRun(em, run, now);
  const entries = await entriesOfRun(em, run, span?.lastAt ?? now);
  const exceptionCounts = await raiseExceptions(em, platform);
  const rows = await reportRows(em, run, { period, span, summary });
  const { layout, encoding, lines, unreadableLines } = summary;
  const report = { layout, encoding, lines, unreadableLines, rows, exceptionCounts };
  return { report, summary, span, entries, answered };
}

/** Some files tell fees in lines of their own: the others then say nothing about them. */
function tellsFees({ layouts }: SettlementProfile, name: string): boolean {
  const layout = layouts.find((candidate) => candidate.name === name);
  return layout?.amounts.some(({ fee, gross, net }) => fee !== undefined || (gross && net) !== undefined) ?? false;
}
