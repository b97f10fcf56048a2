import { decimalText } from './amount-text.ts';
import type { FileTotals, KindTotal, LineKind, SettlementLine } from './settlement-line.ts';

interface Sums {
  readonly currency: string;
  readonly kind: LineKind;
  count: number;
  grossMinor: bigint;
  feeMinor: bigint;
  netMinor: bigint;
}

/** Adds up lines by currency and kind. */
export class TotalsBuilder {
  readonly #sums = new Map<string, Map<LineKind, Sums>>();
  readonly #rounding = new Map<string, { added: bigint; scale: number }>();

  add({ kind, currency, settlementCurrency, grossMinor, feeMinor, netMinor }: SettlementLine): void {
    const sums = this.#sumsOf(currency, kind);
    sums.count++;
    sums.grossMinor += grossMinor;
    const settled = settlementCurrency === null ? sums : this.#sumsOf(settlementCurrency, kind);
    settled.feeMinor += feeMinor;
    settled.netMinor += netMinor;
  }

  /** @param added in units of 10^-`scale` */
  addRounding(currency: string, added: bigint, scale: number): void {
    const before = this.#rounding.get(currency);
    this.#rounding.set(currency, { added: (before?.added ?? 0n) + added, scale });
  }

  totals(): FileTotals {
    const kinds: KindTotal[] = [...this.#sums.values()].flatMap((byKind) => [...byKind.values()]);
    const rounding = [...this.#rounding].map(([currency, { added, scale }]) => ({
      currency,
      amount: withoutZeros(decimalText(added, scale)),
    }));
    return { kinds, rounding: rounding.filter(({ amount }) => amount !== '0') };
  }

  #sumsOf(currency: string, kind: LineKind): Sums {
    const byKind = this.#sums.get(currency) ?? new Map<LineKind, Sums>();
    const known = byKind.get(kind);
    if (known) return known;
    const sums = { currency, kind, count: 0, grossMinor: 0n, feeMinor: 0n, netMinor: 0n };
    this.#sums.set(currency, byKind.set(kind, sums));
    return sums;
  }
}

function withoutZeros(decimal: string): string {
  return decimal.replace(/\.?0+$/, '');
}
