import { checkSpan } from '../campaigns/index.ts';
import type { Platform } from '../platform/platform.ts';
import { type Actor, requireRole } from '../shared/actor.ts';
import { InvalidInputError } from '../shared/domain-error.ts';
import { findEffectsVersions, findReport, type ReportQuestion, type ReportRow } from './attribution-report.queries.ts';

export interface AttributionReport {
  readonly question: ReportQuestion;
  /** By currency, then the highest value first. */
  readonly rows: readonly ReportRow[];
  /** Of MARKOV, the newest first; none of the other models. */
  readonly effectsVersions: readonly number[];
}

/** All at once, since only all of them sum to the total. */
const MOST_ROWS = 5_000;

/** What all campaigns earned together. */
export class AttributionReportService {
  readonly #platform: Platform;

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  /**
   * What the conversions of some days brought to whom, by one model. For staff alone: it tells small groups of people
   * apart, which partners must not.
   *
   * @throws UnauthenticatedError, ForbiddenError unless the actor is finance staff or an admin
   * @throws InvalidInputError for days that are none or too far apart, and for more rows than can be told at once
   */
  async report(actor: Actor, question: ReportQuestion): Promise<AttributionReport> {
    requireRole(actor, 'ADMIN', 'FINANCE');
    checkSpan(question);
    const { database } = this.#platform;
    const rows = await findReport(database, question);
    if (rows.length > MOST_ROWS) {
      throw new InvalidInputError('by', `These are ${rows.length} rows; at most ${MOST_ROWS} are told at once.`);
    }
    const effectsVersions = question.model === 'MARKOV' ? await findEffectsVersions(database) : [];
    return { question, rows, effectsVersions };
  }
}
