import { requireTender } from '../../shared/currency.ts';
import { InvalidInputError } from '../../shared/domain-error.ts';
import { Money } from '../../shared/money.ts';
import { RefusedCellError } from './columns.ts';

/**
 * Minor units of the amount in a column, in the currency that the row's `currency` names.
 *
 * @throws RefusedCellError for an unknown currency, one that nobody pays in, or more decimals than it has
 */
export function minorOf<Name extends string>(
  row: { readonly currency: string } & { readonly [Key in Name]: string },
  column: Name,
): bigint {
  try {
    return Money.parse(row[column], requireTender('currency', row.currency)).minor;
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    throw error.field === 'currency'
      ? new RefusedCellError('currency', 'is not a currency of ISO 4217 that people pay in')
      : new RefusedCellError(column, `has more decimals than ${row.currency}`);
  }
}
