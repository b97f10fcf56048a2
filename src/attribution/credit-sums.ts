import type { Channel } from '../campaigns/index.ts';
import { creditValue, type JourneyCredit } from '../math/attribution/index.ts';
import { present } from '../shared/invariant.ts';
import type { ConversionJourney } from './journeys.ts';

/** A row of `attribution_sums`, before it belongs to a run. */
export type CreditSum = {
  readonly day: string;
  readonly partner_id: string;
  readonly channel: Channel;
  readonly currency: string;
  readonly credit_denominator: bigint;
  credit_numerator: bigint;
  value_minor: bigint;
};

/** Denominators that divide it are counted in its parts: tenths, quarters and what models share by billionths. */
const GRID = 1_000_000_000n;

/**
 * What the touchpoints of one campaign earn by one model, added up as journeys come. Each conversion is shared over its
 * whole journey, whosever campaigns it leads through, and its value less refunds is split to the minor unit in that step;
 * only then are the campaign's own parts taken. So the parts of all campaigns sum to the conversion, and every roll-up of
 * them to the cent.
 */
export class CreditSums {
  readonly #campaignId: string;
  readonly #sums = new Map<string, CreditSum>();

  constructor(campaignId: string) {
    this.#campaignId = campaignId;
  }

  /** @param credits of that journey */
  add({ conversion, touches }: ConversionJourney, { touches: credits }: JourneyCredit): void {
    const values = creditValue(conversion.valueMinor - conversion.refundedMinor, credits);
    const touchById = new Map(touches.map((touch) => [touch.id, touch]));
    const day = conversion.occurredAt.toISOString().slice(0, 10);
    for (const [place, { touchId, credit }] of credits.entries()) {
      const { campaignId, partnerId, channel } = present(touchById.get(touchId), 'a credited touch');
      if (campaignId !== this.#campaignId || credit.n === 0n) continue;
      const denominator = GRID % credit.d === 0n ? GRID : credit.d;
      const sum = this.#sumOf({ day, partnerId, channel, currency: conversion.currency, denominator });
      sum.credit_numerator += credit.n * (denominator / credit.d);
      sum.value_minor += present(values[place], 'the value of a credit').valueMinor;
    }
  }

  rows(): CreditSum[] {
    return [...this.#sums.values()];
  }

  #sumOf(cell: { day: string; partnerId: string; channel: Channel; currency: string; denominator: bigint }): CreditSum {
    const { day, partnerId, channel, currency, denominator } = cell;
    const key = `${day} ${partnerId} ${channel} ${currency} ${denominator}`;
    const known = this.#sums.get(key);
    if (known) return known;
    const sum: CreditSum = {
      day,
      partner_id: partnerId,
      channel,
      currency,
      credit_denominator: denominator,
      credit_numerator: 0n,
      value_minor: 0n,
    };
    this.#sums.set(key, sum);
    return sum;
  }
}
