import { findPartnersByIds, type PartnerRow } from '../partners/index.ts';
import type { Platform } from '../platform/platform.ts';
import type { Actor } from '../shared/actor.ts';
import { InvalidInputError } from '../shared/domain-error.ts';
import { present } from '../shared/invariant.ts';
import { DownloadLinkError, DownloadLinks, type StatementFile, type StatementFileFormat } from './download-link.ts';
import type { StatementRequest, StatementService } from './statement.service.ts';
import { type WholeStatement, withWholeStatement } from './whole-statement.ts';

/** A whole statement with what its file says beside it. */
export interface FiledStatement extends WholeStatement {
  readonly partner: PartnerRow;
  /** When it was read. */
  readonly readAt: Date;
}

/** A link that opens one file for a short time, without a session. */
export interface DownloadLink {
  readonly file: StatementFile;
  readonly token: string;
  readonly expiresAt: Date;
}

/** Statements as files, and who may take them. */
export class StatementFileService {
  readonly #platform: Platform;
  readonly #statements: StatementService;
  readonly #links: DownloadLinks;

  constructor(platform: Platform, statements: StatementService) {
    this.#platform = platform;
    this.#statements = statements;
    this.#links = new DownloadLinks(platform.config.paymentWebhookSecret);
  }

  /**
   * The file that a request names.
   *
   * @returns null when the partner has no account and no contract
   * @throws UnauthenticatedError, ForbiddenError, InvalidInputError as `StatementService.find`
   */
  async resolve(
    actor: Actor,
    { format, ...request }: StatementRequest & { format: StatementFileFormat },
  ): Promise<StatementFile | null> {
    const key = await this.#statements.resolve(actor, request);
    return key && { ...key, format };
  }

  /**
   * A link to the file that a request names, good for five minutes.
   *
   * @throws UnauthenticatedError, ForbiddenError, InvalidInputError as `resolve`, and when there is no such file
   */
  async link(actor: Actor, request: StatementRequest & { format: StatementFileFormat }): Promise<DownloadLink> {
    const file = await this.resolve(actor, request);
    if (!file) throw new InvalidInputError('partnerId', 'The partner has neither an account nor a contract.');
    return { file, ...this.#links.sign(file, this.#platform.clock.now()) };
  }

  /**
   * The file that a link opens, for whoever holds it.
   *
   * @throws DownloadLinkError unless the link was made for this file and its time is not over
   */
  open(file: Omit<StatementFile, 'currency'> & { currency?: string | undefined }, token: string): StatementFile {
    const { currency } = file;
    if (currency === undefined) throw new DownloadLinkError();
    const named = { ...file, currency };
    this.#links.verify(named, token, this.#platform.clock.now());
    return named;
  }

  /** Gives the statement of a file that `resolve` or `open` gave to `work`, all of it from one snapshot. */
  async read<T>(file: StatementFile, work: (filed: FiledStatement) => Promise<T>): Promise<T> {
    const { database, clock } = this.#platform;
    const [found] = await findPartnersByIds(database, [file.partnerId]);
    const partner = present(found, 'the partner of a statement');
    const readAt = clock.now();
    return withWholeStatement(database, { key: file, at: readAt }, (whole) => work({ ...whole, partner, readAt }));
  }
}
