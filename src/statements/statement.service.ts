import { chartOfAccounts } from '../ledger/index.ts';
import type { OutboxService } from '../outbox/index.ts';
import { rowsOf } from '../platform/database.ts';
import type { Platform } from '../platform/platform.ts';
import { type Actor, actorName, requirePartner, requireRole } from '../shared/actor.ts';
import { currencyExponent } from '../shared/currency.ts';
import { InvalidInputError } from '../shared/domain-error.ts';
import { type Month, requireMonth } from '../shared/month.ts';
import type { Page, PageRequest } from '../shared/page.ts';
import { assertOver, assertTurn, type Closing, closeMonth, type GuaranteeTopUp } from './closing.ts';
import { findFirstOpenMonth, type StatementLineRow, type StatementTables } from './open-lines.queries.ts';
import { PeriodClosedError } from './statement.errors.ts';
import {
  findClosing,
  findCurrencies,
  findStatementPage,
  type StatementKey,
  type StatementRow,
} from './statement.queries.ts';
import { findLinesByIds, type LinesRequest, type OwnedLineRow } from './statement-line.queries.ts';
import { readLines, readStatement } from './statement-reading.ts';
import { mayReadStatements, STATEMENT_READERS } from './statement-roles.ts';

/** Which statement is meant. */
export interface StatementRequest {
  readonly partnerId: string;
  readonly period: string;
  /** May be left out when the partner earns in one currency only. */
  readonly currency?: string | null | undefined;
}

/** What partners earned, month by month. */
export class StatementService {
  readonly #platform: Platform;
  readonly #outbox: OutboxService;
  readonly #guarantees: GuaranteeTopUp;

  constructor(platform: Platform, parts: { outbox: OutboxService; guarantees: GuaranteeTopUp }) {
    this.#platform = platform;
    this.#outbox = parts.outbox;
    this.#guarantees = parts.guarantees;
  }

  /**
   * A partner's statement of one month: as it was written when the month was closed, or as it would be written now.
   *
   * @returns null when the partner has no account and no contract
   * @throws UnauthenticatedError, ForbiddenError unless the actor may read the partner's statements
   * @throws InvalidInputError for a month that is none, and when the currency has to be said
   */
  async find(actor: Actor, request: StatementRequest): Promise<StatementRow | null> {
    const key = await this.resolve(actor, request);
    if (!key) return null;
    const { database, clock } = this.#platform;
    return database.snapshot((em) => readStatement(rowsOf(em), key, clock.now()));
  }

  /** Which statement a request names; for the rest as `find`. */
  async resolve(actor: Actor, { partnerId, ...request }: StatementRequest): Promise<StatementKey | null> {
    requirePartner(actor, partnerId, STATEMENT_READERS);
    const period = requireMonth('period', request.period);
    const currencies = await this.#currenciesOf(partnerId);
    if (currencies.length === 0) return null;
    const currency = request.currency ?? onlyOf(currencies);
    currencyExponent(currency);
    return { partnerId, currency, period };
  }

  /** A page of the lines of a statement that `find` or `list` gave, in the order in which they happened or against it. */
  lines(statement: StatementRow, request: LinesRequest): Promise<Page<StatementLineRow>> {
    return readLines(this.#platform.database.read<StatementTables>(), statement, request);
  }

  /** One line by its id; null when there is none, or the actor may not read the partner's statements. */
  async findLine(actor: Actor, id: string): Promise<OwnedLineRow | null> {
    const [line = null] = await findLinesByIds(this.#platform.database.read<StatementTables>(), [id]);
    return line && mayReadStatements(actor, line.partnerId) ? line : null;
  }

  /**
   * The closed statements of a partner, latest month first.
   *
   * @throws UnauthenticatedError, ForbiddenError unless the actor may read the partner's statements
   */
  async list(actor: Actor, partnerId: string, page: PageRequest): Promise<Page<StatementRow>> {
    requirePartner(actor, partnerId, STATEMENT_READERS);
    return findStatementPage(this.#platform.database, partnerId, page);
  }

  /**
   * Asks for a month to be closed.
   *
   * @returns the id of the job that does it
   * @throws UnauthenticatedError, ForbiddenError unless the actor is finance staff or an admin
   * @throws PeriodClosedError, PeriodNotOverError, PeriodOrderError, InvalidInputError
   */
  async requestClosing(actor: Actor, period: string): Promise<string> {
    requireRole(actor, 'FINANCE', 'ADMIN');
    requireMonth('period', period);
    return this.#platform.database.transaction(async (em) => {
      const rows = rowsOf<StatementTables>(em);
      if (await findClosing(rows, period)) throw new PeriodClosedError(period);
      await assertOver(em, { period, at: this.#platform.clock.now() });
      await assertTurn(em, { period, firstOpen: await findFirstOpenMonth(rows) });
      const payload = { period, closedBy: actorName(actor) };
      return this.#outbox.enqueue(em, { job: 'close-period', payload, requestedBy: actor });
    });
  }

  /**
   * Closes a month once and for all; what comes later falls into the next one and says so. Closing a closed month
   * changes nothing.
   *
   * @param closedBy in whose name, when that is somebody else than the actor
   * @throws UnauthenticatedError, ForbiddenError unless the actor is finance staff or an admin
   * @throws PeriodNotOverError, PeriodOrderError, InvalidInputError
   */
  async closePeriod(actor: Actor, period: Month, closedBy = actorName(actor)): Promise<Closing> {
    requireRole(actor, 'FINANCE', 'ADMIN');
    requireMonth('period', period);
    return closeMonth(this.#platform, { period, closedBy, guarantees: this.#guarantees });
  }

  #currenciesOf(partnerId: string): Promise<string[]> {
    const accountCode = chartOfAccounts.partnerPayable(partnerId).code;
    return findCurrencies(this.#platform.database, { partnerId, accountCode });
  }
}

/** @throws InvalidInputError when there are several */
function onlyOf(currencies: readonly string[]): StatementKey['currency'] {
  const [only, ...others] = currencies;
  if (only !== undefined && others.length === 0) return only;
  throw new InvalidInputError('currency', `The partner earns in ${currencies.join(' and ')}: say which.`);
}
