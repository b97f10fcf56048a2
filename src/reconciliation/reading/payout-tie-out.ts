import { currencyExponent } from '../../shared/currency.ts';
import { decimalText } from './amount-text.ts';
import { detached } from './detached.ts';
import type { ExceptionLog } from './exception-log.ts';
import type { PayoutReport, SettlementLine } from './settlement-line.ts';

interface Group {
  readonly batch: string;
  readonly currency: string;
  othersMinor: bigint;
  payoutsMinor: bigint;
  /** Payouts by their gross amounts less fee: another sum than by their net amounts where a file contradicts itself. */
  payoutsGrossMinor: bigint;
  others: number;
  payoutLine: number | null;
  firstLine: number;
}

/** A file of more payouts than this is not one that a provider makes; checking on would let memory grow with it. */
const MAX_GROUPS = 50_000;

/** Holds payouts against the lines that they pay, by batch and currency. */
export class PayoutTieOut {
  readonly #groups = new Map<string, Group>();
  readonly #rule: 'LINES_OF_BATCH' | 'ZERO_SUM';
  #leftOut = 0;

  constructor(rule: 'LINES_OF_BATCH' | 'ZERO_SUM') {
    this.#rule = rule;
  }

  add(line: SettlementLine): void {
    const { batch, currency, settlementCurrency, kind, netMinor, lineNumber } = line;
    if (batch === null) return;
    const group = this.#groupOf(batch, settlementCurrency ?? currency, lineNumber);
    if (!group) return;
    if (kind === 'PAYOUT') {
      group.payoutsMinor += netMinor;
      group.payoutsGrossMinor += settlementCurrency === null ? line.grossMinor - line.feeMinor : netMinor;
      group.payoutLine ??= lineNumber;
      return;
    }
    group.othersMinor += netMinor;
    group.others++;
  }

  finish(log: ExceptionLog): PayoutReport {
    const currencies = new Map<string, string>();
    const paid = [...this.#groups.values()].filter((group) => group.payoutLine !== null);
    for (const group of paid) currencies.set(group.batch, group.currency);
    let differing = 0;
    for (const group of paid) {
      const wrong = [group.payoutsGrossMinor, group.payoutsMinor].find(
        (minor) => !this.#ties(group.othersMinor, minor),
      );
      if (wrong === undefined) continue;
      differing++;
      report(group, { payoutsMinor: wrong, log });
    }
    const unpaid = [...this.#groups.values()].filter((group) => group.payoutLine === null);
    for (const group of unpaid) {
      const payoutCurrency = currencies.get(group.batch);
      if (payoutCurrency !== undefined) reportCurrency(group, payoutCurrency, log);
    }
    if (this.#leftOut > 0) {
      const reason = `The file has more than ${MAX_GROUPS} payouts: the lines of others (${this.#leftOut}) were not held against theirs.`;
      log.add({ class: 'PAYOUT_TOTAL_DIFFERS', reason });
    }
    return { checked: paid.length, differing, withoutPayout: unpaid.length };
  }

  /** A payout may be written with either sign; a balance below zero is paid by us. */
  #ties(othersMinor: bigint, payoutsMinor: bigint): boolean {
    if (othersMinor + payoutsMinor === 0n) return true;
    return this.#rule === 'LINES_OF_BATCH' && othersMinor === payoutsMinor;
  }

  #groupOf(batch: string, currency: string, firstLine: number): Group | undefined {
    const key = `${currency} ${batch}`;
    const known = this.#groups.get(key);
    if (known) return known;
    if (this.#groups.size >= MAX_GROUPS) {
      this.#leftOut++;
      return undefined;
    }
    const none = { othersMinor: 0n, payoutsMinor: 0n, payoutsGrossMinor: 0n, others: 0, payoutLine: null };
    const group: Group = { batch: detached(batch), currency, firstLine, ...none };
    this.#groups.set(key, group);
    return group;
  }
}

function report(
  { batch, currency, othersMinor, others, payoutLine }: Group,
  { payoutsMinor, log }: { payoutsMinor: bigint; log: ExceptionLog },
): void {
  const text = (minor: bigint) => `${decimalText(minor, currencyExponent(currency))} ${currency}`;
  const [expectedMinor, actualMinor] = [othersMinor, -payoutsMinor];
  const reason = `The payout of ${batch} is ${text(actualMinor)}; its ${others} other lines come to ${text(expectedMinor)}.`;
  log.add({
    class: 'PAYOUT_TOTAL_DIFFERS',
    line: payoutLine,
    reference: batch,
    reason,
    currency,
    expectedMinor,
    actualMinor,
  });
}

function reportCurrency(
  { batch, currency, firstLine, others }: Group,
  payoutCurrency: string,
  log: ExceptionLog,
): void {
  const reason = `${others} lines of the payout ${batch}, from this one on, are in ${currency}; the payout is in ${payoutCurrency}.`;
  log.add({ class: 'CURRENCY_DIFFERS', line: firstLine, reference: batch, reason, currency });
}
