import { InvalidInputError } from '../shared/domain-error.ts';

/** From 0 to 100 with at most four decimals. */
const PERCENT = /^(0|[1-9]\d{0,2})(?:\.(\d{1,4}))?$/;
const DECIMALS = 4;
/** Units of a percent in which rates are computed. */
export const UNITS_OF_PERCENT = 10n ** BigInt(DECIMALS);

/** A percentage in units of a ten-thousandth percent, exactly. @throws InvalidInputError naming `field` */
export function parsePercent(field: string, text: string): bigint {
  const [, whole, decimals = ''] = PERCENT.exec(text) ?? [];
  const units = whole === undefined ? -1n : BigInt(whole + decimals.padEnd(DECIMALS, '0'));
  if (units >= 0n && units <= 100n * UNITS_OF_PERCENT) return units;
  throw new InvalidInputError(field, `"${field}" is a percentage from 0 to 100 with up to ${DECIMALS} decimals.`);
}

/** The nearest whole number to a ratio of two that are not negative, halves up. */
export function roundHalfUp(numerator: bigint, denominator: bigint): bigint {
  return (2n * numerator + denominator) / (2n * denominator);
}
