import { SUM_SCALE } from './amount-text.ts';
import { type AmountContext, type CellField, type TermSum, termSumOf } from './cells.ts';
import { LineFault } from './line-fault.ts';
import type { LineKind } from './settlement-line.ts';
import type { AmountSet, Layout, SettlementProfile } from './settlement-profile.ts';

/** Amounts of a line as its file has them. */
export interface LineAmounts {
  /** Null when the line has none of its own: it follows from net and fee then, in their currency. */
  readonly grossMinor: bigint | null;
  readonly feeMinor: bigint;
  readonly netMinor: bigint;
  /** Whether the file gives all three, so that they can be held against each other. */
  readonly isComplete: boolean;
}

/** Amounts as they are written, whatever their currency. */
const PLAIN = { exponent: SUM_SCALE, unitDecimals: null, onRounded: () => undefined };

interface CompiledSet {
  readonly kinds: readonly LineKind[] | undefined;
  readonly when: TermSum | null;
  readonly gross: TermSum | null;
  readonly fee: TermSum | null;
  readonly net: TermSum | null;
}

/** Where the gross amount is counted and where fee and net are; the same context for a line in one currency. */
export interface AmountContexts {
  readonly gross: AmountContext;
  readonly net: AmountContext;
}

/** Makes the amounts of lines by the rules of a layout. */
export class AmountReader {
  readonly #sets: readonly CompiledSet[];

  constructor(layout: Layout, fieldOf: (field: string) => CellField, profile: SettlementProfile) {
    const sum = (terms: AmountSet['gross']): TermSum | null => {
      const compiled = terms && termSumOf(terms, fieldOf, profile);
      return compiled?.isPresent ? compiled : null;
    };
    this.#sets = layout.amounts.map((set) => ({
      kinds: set.kinds,
      when: sum(set.when),
      gross: sum(set.gross),
      fee: sum(set.fee),
      net: sum(set.net),
    }));
  }

  /** @throws LineFault when a cell is no amount, or when there is none at all */
  read(kind: LineKind, contexts: AmountContexts): LineAmounts {
    const set = this.#sets.find(({ kinds, when }) => {
      if (kinds && !kinds.includes(kind)) return false;
      return when === null || (when.of({ ...contexts.gross, ...PLAIN }) ?? 0n) === 0n;
    });
    const gross = set?.gross?.of(contexts.gross) ?? null;
    const fee = set?.fee ? (set.fee.of(contexts.net) ?? 0n) : null;
    const net = set?.net?.of(contexts.net) ?? null;
    if (gross === null && net === null) throw new LineFault('has no amount');
    const areAlike = contexts.gross === contexts.net;
    if (net === null) {
      if (!areAlike) throw new LineFault('has no amount in the currency of its settlement');
      return { grossMinor: gross, feeMinor: fee ?? 0n, netMinor: (gross ?? 0n) - (fee ?? 0n), isComplete: false };
    }
    if (gross === null) return { grossMinor: null, feeMinor: fee ?? 0n, netMinor: net, isComplete: false };
    if (fee === null)
      return { grossMinor: gross, feeMinor: areAlike ? gross - net : 0n, netMinor: net, isComplete: false };
    return { grossMinor: gross, feeMinor: fee, netMinor: net, isComplete: true };
  }
}
