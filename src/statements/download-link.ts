import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { DomainError } from '../shared/domain-error.ts';
import type { StatementKey } from './statement.queries.ts';

export const STATEMENT_FILE_FORMATS = ['JSON', 'CSV', 'HTML'] as const;
export type StatementFileFormat = (typeof STATEMENT_FILE_FORMATS)[number];

/** The file that a link opens: one statement in one format. */
export interface StatementFile extends StatementKey {
  readonly format: StatementFileFormat;
}

/** The link opens nothing: it is too old, of another file, or none that we made. */
export class DownloadLinkError extends DomainError {
  readonly code = 'DOWNLOAD_LINK_INVALID';

  constructor() {
    super('The link is no longer good, or never was: ask for a new one.');
  }
}

const LINK_LIFE_MS = 5 * 60_000;
const KEY_BYTES = 32;
const KEY_PURPOSE = 'tributary statement download links';

/**
 * Makes and reads what vouches for one download, for browsers, which cannot send a session's token. The signature
 * covers the file and the end of its time, and nothing has to be stored.
 */
export class DownloadLinks {
  readonly #key: Buffer;

  /** @param secret of the configuration; the key is one of its own, derived from it (HKDF, RFC 5869) */
  constructor(secret: string) {
    this.#key = Buffer.from(hkdfSync('sha256', secret, '', KEY_PURPOSE, KEY_BYTES));
  }

  /** @returns a token that is good for five minutes from `at` on */
  sign(file: StatementFile, at: Date): { token: string; expiresAt: Date } {
    const expiresAt = new Date(at.getTime() + LINK_LIFE_MS);
    const expiry = expiresAt.getTime().toString(36);
    return { token: `${expiry}.${this.#signature(file, expiry)}`, expiresAt };
  }

  /** @throws DownloadLinkError unless the token was made for this file and its time is not over */
  verify(file: StatementFile, token: string, at: Date): void {
    const [expiry = '', given = ''] = token.split('.');
    const [expected, actual] = [Buffer.from(this.#signature(file, expiry)), Buffer.from(given)];
    const isOurs = expected.length === actual.length && timingSafeEqual(expected, actual);
    if (!isOurs || at.getTime() >= Number.parseInt(expiry, 36)) throw new DownloadLinkError();
  }

  #signature({ partnerId, period, currency, format }: StatementFile, expiry: string): string {
    const signed = JSON.stringify([partnerId, period, currency, format, expiry]);
    return createHmac('sha256', this.#key).update(signed).digest('base64url');
  }
}
