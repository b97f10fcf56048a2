import { type Channel, findConversionsOfOrders, findJourneyEvents } from '../campaigns/index.ts';
import type { Ratio } from '../math/allocation/index.ts';
import { ATTRIBUTION_MODELS } from '../math/attribution/index.ts';
import type { EntityManager } from '../platform/database.ts';
import { present } from '../shared/invariant.ts';
import type { AttributionModelName } from './attribution-run.entity.ts';
import { type ConversionJourney, journeysOf } from './journeys.ts';

/** A touchpoint's part of one order. */
export interface OrderCredit {
  readonly touchpointId: string;
  readonly partnerId: string;
  readonly campaignId: string;
  readonly channel: Channel;
  /** Above zero; the credits of an order sum to one. */
  readonly credit: Ratio;
}

/** Who brought a conversion, and how much of it each may claim. */
export class AttributionService {
  /**
   * How some orders are shared among the touchpoints of their buyers, over all campaigns, as far as events had arrived
   * by `knownAt`. Three statements, however many orders.
   *
   * @returns the credits above zero of every order asked for, in journey order; an empty list when nothing led to it
   */
  async creditsForOrders(
    em: EntityManager,
    options: { orderIds: readonly string[]; model: AttributionModelName; knownAt: Date },
  ): Promise<Map<string, OrderCredit[]>> {
    const credits = new Map<string, OrderCredit[]>(options.orderIds.map((orderId) => [orderId, []]));
    const conversionIds = await findConversionsOfOrders(em, options.orderIds);
    const events = await findJourneyEvents(em, { conversionIds, knownAt: options.knownAt });
    const journeys = journeysOf(events, conversionIds);
    for (const [index, { touches }] of ATTRIBUTION_MODELS[options.model].credit(journeys).entries()) {
      const journey = present(journeys[index], 'the journey of a result');
      const orderId = present(journey.conversion.orderId, 'the order of a conversion found by order');
      credits.set(orderId, orderCredits(journey, touches));
    }
    return credits;
  }
}

function orderCredits(
  { touches }: ConversionJourney,
  credits: readonly { touchId: string; credit: Ratio }[],
): OrderCredit[] {
  const touchById = new Map(touches.map((touch) => [touch.id, touch]));
  return credits
    .filter(({ credit }) => credit.gt(0n))
    .map(({ touchId, credit }) => {
      const { partnerId, campaignId, channel } = present(touchById.get(touchId), 'a credited touch');
      return { touchpointId: touchId, partnerId, campaignId, channel, credit };
    });
}
