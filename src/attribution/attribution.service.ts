import { sql } from 'kysely';
import { type Channel, findConversionsOfOrders, findJourneyEvents } from '../campaigns/index.ts';
import type { Ratio } from '../math/allocation/index.ts';
import { ATTRIBUTION_MODELS, type TouchCredit } from '../math/attribution/index.ts';
import { type EntityManager, rowsOf } from '../platform/database.ts';
import type { Platform } from '../platform/platform.ts';
import { present } from '../shared/invariant.ts';
import { attributeByModels, type ReportProgress } from './campaign-attribution.ts';
import { type JourneyModelName, journeyModels } from './campaign-models.ts';
import { findMarkovModel } from './effects/removal-effects.store.ts';
import { type ConversionJourney, journeysOf } from './journeys.ts';
import { creditJourneys } from './players.ts';

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
  readonly #platform: Platform;

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  /**
   * Works out the credit of a campaign by every model, MARKOV by what was learnt last, and keeps it as a new run where what went in has changed since
   * the last one. Runs are never changed: the highest number is the current one. Two at once wait for each other, and
   * the second finds nothing to do.
   *
   * @param onProgress told the fraction done, 0 to 1
   */
  async attributeCampaign(campaignId: string, onProgress: ReportProgress = async () => undefined): Promise<void> {
    await this.#platform.database.transaction(async (em) => {
      const lock = `attribution of ${campaignId}`;
      await sql`select pg_advisory_xact_lock(hashtextextended(${lock}, 0))`.execute(rowsOf(em));
      const markov = await findMarkovModel(em);
      const models = markov ? [...journeyModels(), markov] : journeyModels();
      await attributeByModels(em, { platform: this.#platform, campaignId, models, onProgress });
    });
  }

  /**
   * How some orders are shared among the touchpoints of their buyers, over all campaigns, as far as events had arrived
   * by `knownAt`, or at all when that is null. Three statements, however many orders.
   *
   * @returns the credits above zero of every order asked for, in journey order; an empty list when nothing led to it
   */
  async creditsForOrders(
    em: EntityManager,
    options: { orderIds: readonly string[]; model: JourneyModelName; knownAt: Date | null },
  ): Promise<Map<string, OrderCredit[]>> {
    const credits = new Map<string, OrderCredit[]>(options.orderIds.map((orderId) => [orderId, []]));
    const conversionIds = await findConversionsOfOrders(em, options.orderIds);
    const events = await findJourneyEvents(em, { conversionIds, knownAt: options.knownAt });
    const journeys = journeysOf(events, conversionIds);
    for (const [index, { touches }] of creditJourneys(ATTRIBUTION_MODELS[options.model], journeys).entries()) {
      const journey = present(journeys[index], 'the journey of a result');
      const orderId = present(journey.conversion.orderId, 'the order of a conversion found by order');
      credits.set(orderId, orderCredits(journey, touches));
    }
    return credits;
  }
}

function orderCredits({ touches }: ConversionJourney, credits: readonly TouchCredit[]): OrderCredit[] {
  const touchById = new Map(touches.map((touch) => [touch.id, touch]));
  return credits
    .filter(({ credit }) => credit.gt(0n))
    .map(({ touchId, credit }) => {
      const { partnerId, campaignId, channel } = present(touchById.get(touchId), 'a credited touch');
      return { touchpointId: touchId, partnerId, campaignId, channel, credit };
    });
}
