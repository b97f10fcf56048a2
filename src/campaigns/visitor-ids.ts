import { createHmac, hkdfSync } from 'node:crypto';

const KEY_BYTES = 32;
const KEY_PURPOSE = 'tributary visitors without a cookie';
const VISITOR = /^w\.[\w-]{22}$/;
const ID_BYTES = 16;

/** How long a second request of the same person for the same link is the same click. */
export const SAME_CLICK_MS = 10_000;

/** Whether a cookie holds what we put there, or at least something of its form. */
export function isVisitorId(text: string): boolean {
  return VISITOR.test(text);
}

/** Pseudonyms for visitors who bring none. */
export class VisitorIds {
  readonly #key: Buffer;

  /** @param secret of the configuration; the key is one of its own, derived from it (HKDF, RFC 5869) */
  constructor(secret: string) {
    this.#key = Buffer.from(hkdfSync('sha256', secret, '', KEY_PURPOSE, KEY_BYTES));
  }

  /**
   * The pseudonym of somebody who is here for the first time. A double click sends two requests before the first answer
   * has set its cookie: within a span of ten seconds the same address and browser on the same link get the same one, in
   * every process. Nothing of address and browser is kept, nor can be found out from the pseudonym without the key.
   */
  first(seen: { code: string; address: string; userAgent: string; at: Date }): string {
    const span = Math.floor(seen.at.getTime() / SAME_CLICK_MS);
    const text = JSON.stringify([seen.code, seen.address, seen.userAgent, span]);
    const digest = createHmac('sha256', this.#key).update(text).digest().subarray(0, ID_BYTES);
    return `w.${digest.toString('base64url')}`;
  }
}
