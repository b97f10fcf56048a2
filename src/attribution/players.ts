import type { Channel, JourneyTouch } from '../campaigns/index.ts';
import type { AttributionModel, Journey, JourneyCredit } from '../math/attribution/index.ts';
import type { ConversionJourney } from './journeys.ts';

/**
 * What models that tell players apart take for one: a partner's channel in a campaign. Credit goes to the three jointly,
 * so that it can be summed by any of them.
 */
export interface Player {
  readonly partnerId: string;
  readonly channel: Channel;
  readonly campaignId: string;
}

/** The name under which kernels know a player. */
export function playerName({ partnerId, channel, campaignId }: Player): string {
  return `${campaignId} ${partnerId} ${channel}`;
}

/** How a model shares journeys among their touchpoints. @returns one result a journey, in the same order */
export function creditJourneys(kernel: AttributionModel, journeys: readonly ConversionJourney[]): JourneyCredit[] {
  return kernel.credit(journeys.map(withPlayers));
}

function withPlayers({ id, convertedAt, touches }: ConversionJourney): Journey {
  return { id, convertedAt, touches: touches.map(withPlayer) };
}

function withPlayer(touch: JourneyTouch) {
  const { id, occurredAt, sequence } = touch;
  return { id, occurredAt, sequence, channel: playerName(touch) };
}
