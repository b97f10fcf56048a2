import type { Readable } from 'node:stream';
import { LockMode } from '@mikro-orm/core';
import type { LedgerService } from '../ledger/index.ts';
import type { OutboxService } from '../outbox/index.ts';
import { bulkInsert } from '../platform/bulk-insert.ts';
import { CopySession } from '../platform/copy-session.ts';
import type { EntityManager } from '../platform/database.ts';
import type { Platform } from '../platform/platform.ts';
import { type Actor, actorName, hasRole, requireRole, system } from '../shared/actor.ts';
import { InvalidInputError } from '../shared/domain-error.ts';
import { idFromName } from '../shared/ids.ts';
import { requireText } from '../shared/input.ts';
import type { Page, PageRequest } from '../shared/page.ts';
import { ExceptionDesk } from './exception-desk.ts';
import { type MatchedFile, matchFile } from './matching/match-file.ts';
import type { AnsweredException } from './matching/settle-late.ts';
import { getSettlementProfile } from './profiles/profiles.ts';
import { readSettlementFile } from './reading/read-settlement-file.ts';
import { SettlementFileError } from './reading/settlement-file.errors.ts';
import { findLinePage, findRunPage, findRunsByIds, type LineRow, type RunRow } from './reconciliation.queries.ts';
import { ReconciliationException } from './reconciliation-exception.entity.ts';
import { ReconciliationRun } from './reconciliation-run.entity.ts';
import { type RunPeriod, requirePeriod } from './run-period.ts';
import type { LineState } from './settled-line.entity.ts';
import { keepChunks, readChunks, type SpooledFile, spoolFile } from './settlement-file.store.ts';

export interface FileUpload {
  /** How the file is written: a name that `settlementProfiles` has. */
  readonly profile: string;
  /** Whose payments it settles; that of the profile when absent. */
  readonly provider?: string | undefined;
  readonly fileName: string;
  /** Both ends of the time that the file is about, the second one no part of it: what of ours lies there it has to have. */
  readonly from?: Date | undefined;
  readonly until?: Date | undefined;
}

export interface KeptFile {
  readonly runId: string;
  /** The job that reads it. */
  readonly jobId: string;
  /** False when the same bytes were there already: nothing happens again. */
  readonly isNew: boolean;
}

interface Collaborators {
  readonly outbox: OutboxService;
  readonly ledger: LedgerService;
}

const ME = system('reconciliation');
/** About so many bytes of a file are a line; only progress depends on it. */
const BYTES_PER_LINE = 150;
const READING_SHARE = 0.6;
const ANSWERED_AT_ONCE = 1_000;

/** Settlement files against our payments, refunds and chargebacks. */
export class ReconciliationService {
  readonly #platform: Platform;
  readonly #with: Collaborators;
  readonly #desk: ExceptionDesk;

  constructor(platform: Platform, collaborators: Collaborators) {
    this.#platform = platform;
    this.#with = collaborators;
    this.#desk = new ExceptionDesk(platform, collaborators.ledger);
  }

  /**
   * Keeps a file and has a worker read it. The same bytes for the same provider are the same run, of one period.
   *
   * @throws UnauthenticatedError, ForbiddenError unless the actor is finance staff or an admin
   * @throws UnknownProfileError, InvalidInputError, SettlementFileTooLargeError; nothing is kept then
   */
  async upload(actor: Actor, upload: FileUpload, body: Readable): Promise<KeptFile> {
    requireRole(actor, 'FINANCE', 'ADMIN');
    const { name: profile, provider: usual } = getSettlementProfile(upload.profile);
    const provider = requireProvider(upload.provider ?? usual);
    const period = requirePeriod(upload);
    const fileName = requireText('name', upload.fileName, { maxLength: 200 });
    await using file = await spoolFile(body, this.#platform.config.settlementFileLimitBytes);
    if (file.sizeBytes === 0) throw new InvalidInputError('body', 'The file is empty.');
    const runId = idFromName('reconciliation-run', [provider, profile, file.sha256].join('\n'));
    const jobId = idFromName('reconcile-file', runId);
    const isNew = await this.#keep(actor, file, { runId, jobId, profile, provider, fileName, period });
    return { runId, jobId, isNew };
  }

  /**
   * Reads and matches a file that was kept: all of it or nothing, once. A file that cannot be read as its profile says
   * fails the run for good, and changes nothing else.
   *
   * @param onProgress told a fraction from 0 to 1
   * @returns what it came to; null when the run is over already, or failed
   */
  async reconcile(runId: string, onProgress?: (fraction: number) => void): Promise<MatchedFile | null> {
    const { database, clock } = this.#platform;
    try {
      return await CopySession.run(database, { dryRun: false }, async (session) => {
        const lockMode = LockMode.PESSIMISTIC_WRITE;
        const run = await session.em.findOneOrFail(ReconciliationRun, { id: runId }, { lockMode });
        if (run.state !== 'UPLOADED') return null;
        const matched = await this.#match(session, run, onProgress);
        run.moveTo('MATCHED', clock.now());
        const { firstAt = null, lastAt = null } = matched.span ?? {};
        Object.assign(run, { report: matched.report, firstAt, lastAt });
        return matched;
      });
    } catch (error) {
      if (!(error instanceof SettlementFileError)) throw error;
      await this.#fail(runId, error.message);
      return null;
    }
  }

  /** Null when there is none, or the actor is no finance staff. */
  async find(actor: Actor, id: string): Promise<RunRow | null> {
    if (!hasRole(actor, 'FINANCE', 'ADMIN')) return null;
    const [run = null] = await findRunsByIds(this.#platform.database, [id]);
    return run;
  }

  /**
   * Runs, the latest first.
   *
   * @throws UnauthenticatedError, ForbiddenError unless the actor is finance staff or an admin
   */
  async list(actor: Actor, page: PageRequest): Promise<Page<RunRow>> {
    requireRole(actor, 'FINANCE', 'ADMIN');
    return findRunPage(this.#platform.database, page);
  }

  /**
   * Lines of a run in the order of the file.
   *
   * @throws UnauthenticatedError, ForbiddenError unless the actor is finance staff or an admin
   */
  async listLines(
    actor: Actor,
    request: { runId: string; state: LineState | null; page: PageRequest },
  ): Promise<Page<LineRow>> {
    requireRole(actor, 'FINANCE', 'ADMIN');
    return findLinePage(this.#platform.database, request);
  }

  async #keep(
    actor: Actor,
    file: SpooledFile,
    { runId, jobId, ...place }: KeptPlace & { runId: string; jobId: string },
  ): Promise<boolean> {
    const { database, clock } = this.#platform;
    return database.transaction(async (em) => {
      const row = {
        id: runId,
        profile: place.profile,
        provider: place.provider,
        file_name: place.fileName,
        sha256: file.sha256,
        size_bytes: file.sizeBytes,
        state: 'UPLOADED',
        uploaded_by: actorName(actor),
        uploaded_at: clock.now(),
        period_from: place.period?.from ?? null,
        period_until: place.period?.until ?? null,
      };
      if ((await bulkInsert(em, 'reconciliation_runs', [row])) === 0) {
        await requireSamePeriod(em, runId, place.period);
        return false;
      }
      await keepChunks(em, runId, file.path);
      this.#with.outbox.enqueue(em, { id: jobId, job: 'reconcile-file', payload: { runId }, requestedBy: actor });
      return true;
    });
  }

  async #match(session: CopySession, run: ReconciliationRun, onProgress?: (fraction: number) => void) {
    const { em } = session;
    const { id: runId, provider, fileName, sizeBytes } = run;
    const profile = getSettlementProfile(run.profile);
    const open = () => readChunks(this.#platform.database, runId);
    const matched = await matchFile(
      session,
      { runId, provider },
      {
        platform: this.#platform,
        profile,
        period: periodOf(run),
        reading: readSettlementFile({ profile, open, fileName }),
        onLines: (lines) => onProgress?.(Math.min(1, (lines * BYTES_PER_LINE) / sizeBytes) * READING_SHARE),
      },
    );
    await this.#with.ledger.post(em, matched.entries);
    await this.#settle(em, matched.answered, fileName);
    return matched;
  }

  /** What this file brought late is no exception any more. */
  async #settle(em: EntityManager, answered: readonly AnsweredException[], fileName: string): Promise<void> {
    for (let from = 0; from < answered.length; from += ANSWERED_AT_ONCE) {
      const ids = answered.slice(from, from + ANSWERED_AT_ONCE).map(({ id }) => id);
      const lockMode = LockMode.PESSIMISTIC_WRITE;
      const found = await em.find(ReconciliationException, { id: { $in: ids } }, { orderBy: { id: 'asc' }, lockMode });
      const reason = `Both sides of it were found when ${fileName} was read.`;
      for (const exception of found) await this.#desk.move(em, exception, { to: 'SETTLED', actor: ME, reason });
    }
  }

  async #fail(runId: string, failure: string): Promise<void> {
    await this.#platform.database.transaction(async (em) => {
      const run = await em.findOneOrFail(ReconciliationRun, { id: runId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
      if (run.state !== 'UPLOADED') return;
      run.moveTo('FAILED', this.#platform.clock.now());
      run.failure = failure;
    });
  }
}

interface KeptPlace {
  readonly profile: string;
  readonly provider: string;
  readonly fileName: string;
  readonly period: RunPeriod | null;
}

function periodOf({ periodFrom: from, periodUntil: until }: ReconciliationRun): RunPeriod | null {
  return from && until ? { from, until } : null;
}

/** @throws InvalidInputError when the file was brought for another time before: its answer would not be what is asked for */
async function requireSamePeriod(em: EntityManager, runId: string, period: RunPeriod | null): Promise<void> {
  const earlier = periodOf(await em.findOneOrFail(ReconciliationRun, { id: runId }));
  const isSame = [earlier?.from, earlier?.until].every(
    (end, at) => end?.getTime() === (at === 0 ? period?.from : period?.until)?.getTime(),
  );
  if (!isSame) throw new InvalidInputError('from', 'This file was brought before, for another period or for none.');
}

function requireProvider(name: string): string {
  if (/^[a-z][a-z0-9-]{0,39}$/.test(name)) return name;
  throw new InvalidInputError('provider', 'The name of a payment provider is such as "stripe".');
}
