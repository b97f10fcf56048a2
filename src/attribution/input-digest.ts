import { createHash } from 'node:crypto';
import type { CampaignModel } from './campaign-models.ts';
import type { ConversionJourney } from './journeys.ts';

/** Raised when the way of computing changes, so that unchanged events still make a new run. */
const METHOD = 'touches since the previous conversion of the same kind, views by their own window, players jointly, 3';

/** SHA-256 over all that the credits of some journeys depend on, taken in as they come and once for all models. */
export class InputDigest {
  readonly #hash = createHash('sha256').update(METHOD);
  /** Journeys that were added. */
  journeys = 0;

  /** What is told of a touchpoint never changes: its identifier stands for its time too. */
  add({ conversion, touches }: ConversionJourney): void {
    this.journeys += 1;
    const { id, valueMinor, refundedMinor, currency, occurredAt } = conversion;
    this.#hash.update(JSON.stringify([id, String(valueMinor - refundedMinor), currency, occurredAt.getTime()]));
    for (const touch of touches) {
      this.#hash.update(JSON.stringify([touch.id, touch.campaignId, touch.partnerId, touch.channel]));
    }
  }

  /** Of what was added so far, shared by a model: hexadecimal. */
  of({ name, settings }: Pick<CampaignModel, 'name' | 'settings'>): string {
    const events = this.#hash.copy().digest('hex');
    return createHash('sha256')
      .update(JSON.stringify([name, settings, events]))
      .digest('hex');
  }
}
