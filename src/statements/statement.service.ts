import { chartOfAccounts } from '../ledger/index.ts';
import type { OutboxService } from '../outbox/index.ts';
import { rowsOf } from '../platform/database.ts';
import type { Platform } from '../platform/platform.ts';
import { type Actor, actorName, requirePartner, requireRole } from '../shared/actor.ts';
import { currencyExponent } from '../shared/currency.ts';
import { InvalidInputError } from '../shared/domain-error.ts';
import { type Month, requireMonth } from '../shared/month.ts';
import type { Page, PageRequest } from '../shared/page.ts';
import { assertOver, assertTurn, type Closing, closeMonth } from './closing.ts';
import { findFirstOpenMonth, type StatementLineRow, type StatementTables } from './open-lines.queries.ts';
import { PeriodClosedError } from './statement.errors.ts';
import {
  findClosedLines,
  findClosing,
  findCurrencies,
  findLastClosed,
  findOpenLines,
  findStatementPage,
  type StatementKey,
  type StatementRow,
  sumOpenLines,
} from './statement.queries.ts';

/** Who may read a partner's statements. */
const READERS = { memberRoles: ['OWNER', 'MANAGER', 'FINANCE'], staffRoles: ['FINANCE', 'ADMIN'] } as const;

/** What partners earned, month by month. */
export class StatementService {
  readonly #platform: Platform;
  readonly #outbox: OutboxService;

  constructor(platform: Platform, outbox: OutboxService) {
    this.#platform = platform;
    this.#outbox = outbox;
  }

  /**
   * A partner's statement of one month: as it was written when the month was closed, or as it would be written now.
   *
   * @param request `currency`: may be left out when the partner earns in one currency only
   * @returns null when the partner has no account and no contract
   * @throws UnauthenticatedError, ForbiddenError unless the actor may read the partner's statements
   * @throws InvalidInputError for a month that is none, and when the currency has to be said
   */
  async find(
    actor: Actor,
    request: { partnerId: string; period: string; currency?: string | null | undefined },
  ): Promise<StatementRow | null> {
    const { partnerId } = request;
    requirePartner(actor, partnerId, READERS);
    const period = requireMonth('period', request.period);
    const currencies = await this.#currenciesOf(partnerId);
    if (currencies.length === 0) return null;
    const currency = request.currency ?? onlyOf(currencies);
    currencyExponent(currency);
    const key = { partnerId, currency, period };
    return this.#platform.database.snapshot(async (em) => {
      const rows = rowsOf<StatementTables>(em);
      const closedAt = await findClosing(rows, period);
      const last = await findLastClosed(rows, key);
      if (last?.period === period) return last;
      const openingMinor = last?.closingMinor ?? 0n;
      if (closedAt) return { id: null, ...key, openingMinor, closingMinor: openingMinor, closedAt };
      const { beforeMinor, withinMinor } = await sumOpenLines(rows, key, await findFirstOpenMonth(rows));
      const opening = openingMinor + beforeMinor;
      return { id: null, ...key, openingMinor: opening, closingMinor: opening + withinMinor, closedAt: null };
    });
  }

  /** Lines of a statement that `find` or `list` gave, in the order in which they happened. */
  async lines(statement: StatementRow, page: PageRequest): Promise<Page<StatementLineRow>> {
    const { database } = this.#platform;
    if (statement.id !== null) return findClosedLines(database, statement.id, page);
    if (statement.closedAt) return { rows: [], hasNextPage: false };
    const firstOpen = await findFirstOpenMonth(database.read<StatementTables>());
    return findOpenLines(database, statement, { page, firstOpen });
  }

  /**
   * The closed statements of a partner, latest month first.
   *
   * @throws UnauthenticatedError, ForbiddenError unless the actor may read the partner's statements
   */
  async list(actor: Actor, partnerId: string, page: PageRequest): Promise<Page<StatementRow>> {
    requirePartner(actor, partnerId, READERS);
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
    return closeMonth(this.#platform, { period, closedBy });
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
