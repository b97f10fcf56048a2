import type { Channel } from '../campaigns/index.ts';
import { ATTRIBUTION_MODELS, creditValue } from '../math/attribution/index.ts';
import { present } from '../shared/invariant.ts';
import type { AttributionModelName } from './attribution-run.entity.ts';
import type { ConversionJourney } from './journeys.ts';

/** A row of `attribution_credits`, before it belongs to a run. */
export type CampaignCredit = {
  readonly conversion_id: string;
  readonly touchpoint_id: string;
  readonly partner_id: string;
  readonly channel: Channel;
  readonly credit_numerator: bigint;
  readonly credit_denominator: bigint;
  readonly value_minor: bigint;
  readonly currency: string;
};

/**
 * What the touchpoints of one campaign earn. Each conversion is shared over its whole journey, whosever campaigns it
 * leads through, and its value less refunds is split to the minor unit in that step; only then are the campaign's own
 * parts taken. So the parts of all campaigns sum to the conversion, and every roll-up of them to the cent.
 */
export function creditsOfCampaign(
  campaignId: string,
  { model, journeys }: { model: AttributionModelName; journeys: readonly ConversionJourney[] },
): CampaignCredit[] {
  return ATTRIBUTION_MODELS[model].credit(journeys).flatMap(({ touches: credits }, index) => {
    const { conversion, touches } = present(journeys[index], 'the journey of a result');
    const values = creditValue(conversion.valueMinor - conversion.refundedMinor, credits);
    const touchById = new Map(touches.map((touch) => [touch.id, touch]));
    return credits.flatMap(({ touchId, credit }, place): CampaignCredit[] => {
      const touch = present(touchById.get(touchId), 'a credited touch');
      if (touch.campaignId !== campaignId || credit.equals(0n)) return [];
      const row = {
        conversion_id: conversion.id,
        touchpoint_id: touchId,
        partner_id: touch.partnerId,
        channel: touch.channel,
        credit_numerator: credit.n,
        credit_denominator: credit.d,
        value_minor: present(values[place], 'the value of a credit').valueMinor,
        currency: conversion.currency,
      };
      return [row];
    });
  });
}
