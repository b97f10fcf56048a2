import { Money } from '../../shared/money.ts';
import type { MovementKind } from '../movement-match.entity.ts';
import type { ExceptionClass } from '../reconciliation-exception.entity.ts';

/** Something in which a file and our books differ, before it is told to people. */
export interface Finding {
  readonly class: ExceptionClass;
  readonly runId: string;
  readonly lineNumber: number | null;
  readonly movementKind: MovementKind | null;
  readonly movementId: string | null;
  readonly reference: string | null;
  readonly currency: string | null;
  readonly expectedMinor: bigint | null;
  readonly actualMinor: bigint | null;
  readonly reason: string | null;
  readonly lineAt: Date | null;
  readonly movementAt: Date | null;
}

/** A sentence for the clerk who has to clear it up. */
export function reasonOf(finding: Finding): string {
  const { reason, currency, expectedMinor, actualMinor, lineAt, movementAt } = finding;
  if (reason !== null) return reason;
  const money = (minor: bigint | null) => (currency === null ? '' : Money.ofMinor(minor ?? 0n, currency).toString());
  const what = finding.movementKind?.toLowerCase().replace('_', ' ') ?? 'movement';
  switch (finding.class) {
    case 'MISSING_IN_LEDGER':
      return `The file has ${money(actualMinor)}; our books have nothing that it could be.`;
    case 'MISSING_IN_FILE':
      return `Our books have a ${what} of ${money(expectedMinor)} at ${instant(movementAt)}, within the period of the file; no line has it.`;
    case 'AMOUNT_DIFFERS':
      return `The file says ${money(actualMinor)}; the ${what} in our books is ${money(expectedMinor)}.`;
    case 'FEE_DIFFERS':
      return `The file says a fee of ${money(actualMinor)}; ${money(expectedMinor)} was told with the ${what}.`;
    case 'DUPLICATE_LINE':
      return finding.movementId === null
        ? `An earlier file has this line of ${money(actualMinor)} already.`
        : `Another line has the ${what} already that this line of ${money(actualMinor)} names.`;
    case 'WRONG_PERIOD':
      return `The line is of ${instant(lineAt)}; the ${what} in our books is of ${instant(movementAt)}.`;
    default:
      return 'The file and our books differ.';
  }
}

function instant(at: Date | null): string {
  return at ? `${at.toISOString().slice(0, 19).replace('T', ' ')} UTC` : 'an unknown time';
}
