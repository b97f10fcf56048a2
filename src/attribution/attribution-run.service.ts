import type { CampaignService } from '../campaigns/index.ts';
import type { AttributionModelName } from '../math/attribution/index.ts';
import type { Platform } from '../platform/platform.ts';
import type { Actor } from '../shared/actor.ts';
import type { Page, PageRequest } from '../shared/page.ts';
import { findRunPage, type RunRow } from './attribution-history.queries.ts';

/** The history of what a campaign earned. */
export class AttributionRunService {
  readonly #platform: Platform;
  readonly #campaigns: CampaignService;

  constructor(platform: Platform, campaigns: CampaignService) {
    this.#platform = platform;
    this.#campaigns = campaigns;
  }

  /**
   * The runs of a campaign by one model, newest first, for whoever may see the campaign.
   *
   * @returns null when there is no such campaign
   * @throws UnauthenticatedError, ForbiddenError
   * @throws InvalidInputError for a cursor of another list
   */
  async list(
    actor: Actor,
    options: { campaignId: string; model: AttributionModelName; request: PageRequest },
  ): Promise<Page<RunRow> | null> {
    const campaign = await this.#campaigns.find(actor, options.campaignId);
    return campaign && findRunPage(this.#platform.database, options);
  }
}
