import { createHash } from 'node:crypto';
import type { AttributionModelName } from './attribution-run.entity.ts';
import type { ConversionJourney } from './journeys.ts';

/** Raised when the way of computing changes, so that unchanged events still make a new run. */
const METHOD = 'touches since the previous conversion of the same kind, views by their own window, 2';

/** SHA-256, hexadecimal, over all that a run's credits depend on. */
export function inputDigest(model: AttributionModelName, journeys: readonly ConversionJourney[]): string {
  const hash = createHash('sha256').update(JSON.stringify([METHOD, model]));
  for (const { conversion, touches } of journeys) {
    const { id, valueMinor, refundedMinor, currency, occurredAt } = conversion;
    const facts = [id, String(valueMinor - refundedMinor), currency, occurredAt.getTime()];
    hash.update(JSON.stringify(facts));
    for (const touch of touches) {
      hash.update(JSON.stringify([touch.id, touch.campaignId, touch.partnerId, touch.channel]));
    }
  }
  return hash.digest('hex');
}
