import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '../platform/database.ts';
import type { Platform } from '../platform/platform.ts';
import { type Actor, actorName } from '../shared/actor.ts';
import { requireLanguageTag, requireText } from '../shared/input.ts';
import { check } from './campaign.checks.ts';
import type { Channel } from './campaign.entity.ts';
import { lockCampaignFor, refusal, requireOpen, requirePartOf } from './campaign-access.ts';
import { CampaignCreative } from './campaign-creative.entity.ts';
import { type CreativeRow, toCreativeRow } from './campaign-creative.queries.ts';
import type { CreativeState } from './campaign-creative.state.ts';
import { requireRoom } from './campaign-parts.queries.ts';

/** What people see. */
export interface CreativeText {
  readonly language: string;
  readonly title: string;
  readonly body: string;
  readonly imageUrl: string | null;
}

export interface CreativeInput extends CreativeText {
  readonly campaignId: string;
  readonly partnerId: string;
  readonly channel: Channel;
}

const MAX_CREATIVES = 1_000;
const MAX_URL_LENGTH = 2_000;

/** What the channels of a campaign show. */
export class CampaignCreativeService {
  readonly #platform: Platform;

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  /**
   * Adds a creative in DRAFT.
   *
   * @throws InvalidInputError naming the field
   * @throws CampaignOverError
   * @throws ForbiddenError for anybody but owners and managers of the partner and of the lead, and admins
   */
  async add(actor: Actor, input: CreativeInput): Promise<CreativeRow> {
    const { campaignId, partnerId, channel } = input;
    const text = checkText(input);
    return this.#platform.database.transaction(async (em) => {
      const campaign = await lockCampaignFor(em, actor, { campaignId, partnerId });
      requireOpen(campaign);
      check(campaign.channels.includes(channel), 'channel', `The campaign does not use ${channel}.`);
      await requireRoom(em, 'campaign_creatives', { campaignId, most: MAX_CREATIVES });
      const told = { state: 'DRAFT' as const, createdAt: this.#platform.clock.now() };
      const row = { id: this.#platform.ids.next(), campaignId, partnerId, channel, ...text, ...told };
      em.create(CampaignCreative, { ...row, createdBy: actorName(actor) }, { persist: true });
      return row;
    });
  }

  /**
   * Rewrites a creative that nobody has seen yet.
   *
   * @throws InvalidInputError naming the field; also unless the creative is a DRAFT
   * @throws CampaignOverError
   * @throws ForbiddenError as `add`, and when there is no such creative
   */
  async change(actor: Actor, { creativeId, ...text }: CreativeText & { creativeId: string }): Promise<CreativeRow> {
    const checked = checkText(text);
    return this.#platform.database.transaction(async (em) => {
      const creative = await lockCreative(em, actor, creativeId);
      check(creative.state === 'DRAFT', 'creativeId', `The creative is ${creative.state}: make another one.`);
      return toCreativeRow(Object.assign(creative, checked));
    });
  }

  /**
   * Declares a creative READY to be shown, or RETIRED.
   *
   * @throws IllegalTransitionError
   * @throws CampaignOverError
   * @throws ForbiddenError as `add`, and when there is no such creative
   */
  async move(actor: Actor, { creativeId, to }: { creativeId: string; to: CreativeState }): Promise<CreativeRow> {
    return this.#platform.database.transaction(async (em) => {
      const creative = await lockCreative(em, actor, creativeId);
      creative.moveTo(to);
      return toCreativeRow(creative);
    });
  }
}

async function lockCreative(em: EntityManager, actor: Actor, id: string): Promise<CampaignCreative> {
  const creative = await em.findOne(CampaignCreative, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!creative) throw refusal(actor);
  requireOpen(await requirePartOf(em, actor, creative));
  return creative;
}

function checkText({ language, title, body, imageUrl }: CreativeText): CreativeText {
  return {
    language: requireLanguageTag('language', language),
    title: requireText('title', title, { maxLength: 200 }),
    body: requireText('body', body, { minLength: 0, maxLength: 5_000, multiline: true }),
    imageUrl: imageUrl === null ? null : checkImage(imageUrl),
  };
}

/** The address as a browser writes it. @throws InvalidInputError unless it is an https address without a password */
function checkImage(text: string): string {
  const url = text.length <= MAX_URL_LENGTH && URL.canParse(text) ? new URL(text) : null;
  const isImage = url?.protocol === 'https:' && url.username === '' && url.password === '';
  check(isImage, 'imageUrl', 'An image has an https address.');
  return url?.href ?? text;
}
