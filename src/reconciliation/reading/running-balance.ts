import { decimalText } from './amount-text.ts';
import { detached } from './detached.ts';
import type { ExceptionDraft, ExceptionLog } from './exception-log.ts';
import type { SettlementLine } from './settlement-line.ts';

const MAX_BREAKS = 100;

/** Follows the balance that a file gives after each of its lines, whichever way the lines run in time. */
export class RunningBalance {
  #before: { balance: bigint; netMinor: bigint; currency: string } | null = null;
  #backwardBreaks = 0;
  readonly #breaks: ExceptionDraft[] = [];

  add({ netMinor, currency, exponent, lineNumber, references }: SettlementLine, balance: bigint): void {
    const before = this.#before;
    this.#before = { balance, netMinor, currency };
    if (!before || before.currency !== currency) return;
    if (balance + before.netMinor !== before.balance) this.#backwardBreaks++;
    const expectedMinor = before.balance + netMinor;
    if (expectedMinor === balance || this.#breaks.length >= MAX_BREAKS) return;
    const text = (minor: bigint) => decimalText(minor, exponent);
    this.#breaks.push({
      class: 'AMOUNT_DIFFERS',
      line: lineNumber,
      reference: detached(references.line ?? references.provider ?? ''),
      reason: `The balance is ${text(balance)} ${currency} after this line; the one before leaves ${text(before.balance)}, which with ${text(netMinor)} makes ${text(expectedMinor)}.`,
      currency,
      expectedMinor,
      actualMinor: balance,
    });
  }

  finish(log: ExceptionLog): void {
    if (this.#backwardBreaks === 0) return;
    for (const found of this.#breaks) log.add(found);
  }
}
