import { currencyExponent } from '../shared/currency.ts';
import { InvalidInputError } from '../shared/domain-error.ts';
import { idFromName } from '../shared/ids.ts';
import { CONVERSION_KINDS } from './conversion.entity.ts';
import { checkEvent, type IntakeFacts, type ReportedEvent } from './event-intake.ts';

export interface ConversionEvent extends ReportedEvent {
  /** Minor units as digits; absent for none. */
  readonly valueMinor: string | null;
  /** ISO 4217, of a value of nothing too. */
  readonly currency: string | null;
}

const VALUE = /^(?:0|[1-9]\d{0,14})$/;

/** The row of a reported conversion, or why there is none. */
export function checkConversion(event: ConversionEvent, facts: IntakeFacts & { partnerId: string }) {
  const columns = checkEvent(event, facts);
  if (typeof columns === 'string') return columns;
  const kind = CONVERSION_KINDS.find((known) => known === event.kind);
  if (!kind) return 'KIND_UNKNOWN';
  const value = event.valueMinor ?? '0';
  if (!VALUE.test(value)) return 'VALUE_INVALID';
  if (event.currency === null || !isCurrency(event.currency)) return 'CURRENCY_UNKNOWN';
  const { eventId, ...times } = columns;
  return {
    id: idFromName(`conversion:${facts.partnerId}`, eventId),
    kind,
    reported_by_partner_id: facts.partnerId,
    value_minor: BigInt(value),
    refunded_minor: 0n,
    currency: event.currency,
    ...times,
  };
}

function isCurrency(code: string): boolean {
  try {
    currencyExponent(code);
    return true;
  } catch (error) {
    if (error instanceof InvalidInputError) return false;
    throw error;
  }
}
