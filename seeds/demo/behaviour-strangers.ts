import type { Random } from '../../src/shared/random.ts';
import type { CampaignSpec } from './campaign-spec.ts';
import type { Channel } from './catalogue.types.ts';
import { demoId } from './demo-ids.ts';
import type { DomainCode } from './domains.ts';
import { chance } from './sampling.ts';
import { attention, drawInterests } from './taste.ts';

/**
 * Part of the impressions that people see who have no account and never get one: most of those who walk past a poster
 * or a banner, fewer of those whose address or phone a partner has.
 */
export const STRANGERS: Readonly<Record<Channel, number>> = {
  EMAIL: 0.64,
  PUSH: 0.75,
  SMS: 0.8,
  PARTNER_SITE: 0.72,
  SEARCH: 0.74,
  SOCIAL: 0.84,
  OFFLINE: 0.8,
  DISPLAY: 0.9,
};
/** Impressions for each stranger who is reached at all. */
const FREQUENCY = 4;
const CHINESE_READERS = 0.84;

/** Somebody who is known by a cookie alone. */
export interface Stranger {
  readonly visitorId: string;
  readonly locale: string;
  readonly country: string;
  readonly attention: ReadonlyMap<DomainCode, number>;
}

/** The strangers that a campaign meets in so many days. */
export function gatherStrangers(
  { key, spec, days }: { key: string; spec: CampaignSpec; days: number },
  random: Random,
): readonly Stranger[] {
  const perDay = spec.reach.reduce((sum, reach) => sum + reach.impressionsPerDay * STRANGERS[reach.channel], 0);
  return Array.from({ length: Math.ceil((perDay * days) / FREQUENCY) }, (_, index) => ({
    visitorId: visitorIdOf(`${key}:${index + 1}`),
    locale: chance(random, CHINESE_READERS) ? 'zh-CN' : 'en',
    country: 'CN',
    attention: attention(drawInterests(random)),
  }));
}

/** A cookie's value. */
export function visitorIdOf(name: string): string {
  return `visitor-${demoId('visitor', name).slice(0, 13)}`;
}
