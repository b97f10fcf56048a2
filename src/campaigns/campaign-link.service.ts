import { randomInt } from 'node:crypto';
import { LockMode } from '@mikro-orm/core';
import { Partner } from '../partners/index.ts';
import type { EntityManager } from '../platform/database.ts';
import type { Platform } from '../platform/platform.ts';
import { type Actor, actorName } from '../shared/actor.ts';
import { check } from './campaign.checks.ts';
import type { Channel } from './campaign.entity.ts';
import { lockCampaignFor, refusal, requireOpen, requirePartOf } from './campaign-access.ts';
import { CampaignCreative } from './campaign-creative.entity.ts';
import { CampaignLink } from './campaign-link.entity.ts';
import type { LinkRow } from './campaign-link.queries.ts';
import { requireRoom } from './campaign-parts.queries.ts';
import { checkTarget, withUtm } from './link-target.ts';

export interface LinkInput {
  readonly campaignId: string;
  readonly partnerId: string;
  readonly channel: Channel;
  /** A creative of the campaign for that channel; null for none. */
  readonly creativeId: string | null;
  /** A path of our own, or an https address on one of the hosts of the configuration. */
  readonly target: string;
  /** Null for never. */
  readonly expiresAt: Date | null;
}

const MAX_LINKS = 5_000;
const CODE_LENGTH = 10;
const CODE_CHARACTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Links that say who brought a visitor, and through what. */
export class CampaignLinkService {
  readonly #platform: Platform;

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  /**
   * Makes a link of a partner for a channel. Where it leads and its UTM set stay as they are from then on.
   *
   * @throws InvalidInputError naming the field; above all for a target that no link may lead to
   * @throws CampaignOverError
   * @throws ForbiddenError for anybody but owners and managers of the partner and of the lead, and admins
   */
  async create(actor: Actor, input: LinkInput): Promise<LinkRow> {
    const { campaignId, partnerId, channel, expiresAt } = input;
    const { config, clock, ids, database } = this.#platform;
    const now = clock.now();
    const target = checkTarget(input.target, config.linkHosts);
    check(expiresAt === null || expiresAt > now, 'expiresAt', 'A link expires in the future.');
    return database.transaction(async (em) => {
      const campaign = await lockCampaignFor(em, actor, { campaignId, partnerId });
      requireOpen(campaign);
      check(campaign.channels.includes(channel), 'channel', `The campaign does not use ${channel}.`);
      await requireRoom(em, 'campaign_links', { campaignId, most: MAX_LINKS });
      const creative = await findCreative(em, input);
      const partner = await em.findOneOrFail(Partner, { id: partnerId });
      const code = newCode();
      const destination = withUtm(target, { partner, campaign, channel, creative, code });
      const facts = { campaignId, partnerId, channel, creativeId: creative?.id ?? null, code, target, destination };
      const row = { id: ids.next(), ...facts, expiresAt, createdAt: now };
      em.create(CampaignLink, { ...row, createdBy: actorName(actor) }, { persist: true });
      return row;
    });
  }

  /**
   * Lets a link lead nowhere from now on.
   *
   * @throws ForbiddenError as `create`, and when there is no such link
   */
  async retire(actor: Actor, linkId: string): Promise<LinkRow> {
    return this.#platform.database.transaction(async (em) => {
      const link = await em.findOne(CampaignLink, { id: linkId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
      if (!link) throw refusal(actor);
      await requirePartOf(em, actor, link);
      const now = this.#platform.clock.now();
      const expiresAt = link.expiresAt && link.expiresAt < now ? link.expiresAt : now;
      link.expiresAt = expiresAt;
      const { id, campaignId, partnerId, channel, creativeId = null, code, target, destination, createdAt } = link;
      return { id, campaignId, partnerId, channel, creativeId, code, target, destination, expiresAt, createdAt };
    });
  }
}

async function findCreative(em: EntityManager, { campaignId, channel, creativeId }: LinkInput) {
  if (creativeId === null) return null;
  const creative = await em.findOne(CampaignCreative, { id: creativeId, campaignId, channel });
  check(creative !== null, 'creativeId', `The campaign has no such creative for ${channel}.`);
  check(creative?.state !== 'RETIRED', 'creativeId', 'The creative is retired.');
  return creative;
}

/** 59 bits: nobody finds another one by trying. */
function newCode(): string {
  return Array.from({ length: CODE_LENGTH }, () => CODE_CHARACTERS[randomInt(CODE_CHARACTERS.length)]).join('');
}
