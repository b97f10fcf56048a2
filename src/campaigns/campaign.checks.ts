import { requireTender } from '../shared/currency.ts';
import { InvalidInputError } from '../shared/domain-error.ts';
import { requireText } from '../shared/input.ts';
import type { AttributionWindows } from './attribution-window.ts';
import { CHANNELS, type Channel } from './campaign.entity.ts';
import type { CampaignRole } from './campaign-partner.entity.ts';

export interface Participant {
  readonly partnerId: string;
  readonly role: CampaignRole;
}

export interface CreateCampaignInput {
  readonly leadPartnerId: string;
  readonly name: string;
  readonly description: string;
  readonly goal: string;
  readonly channels: readonly Channel[];
  readonly currency: string;
  readonly budgetMinor: bigint;
  readonly attributionWindowDays: number;
  readonly viewWindowDays: number;
  readonly startsAt: Date;
  readonly endsAt: Date;
  /** Beside the lead. */
  readonly partners: readonly Participant[];
  readonly contentIds: readonly string[];
}

export const MAX_WINDOW_DAYS = 365;
export const MAX_PARTICIPANTS = 50;
export const MAX_CONTENTS = 500;

/** @returns the input with its texts trimmed @throws InvalidInputError naming the field */
export function checkCampaign(input: CreateCampaignInput): CreateCampaignInput {
  requireTender('currency', input.currency);
  check(input.budgetMinor >= 0n, 'budgetMinor', 'A budget is not negative.');
  checkWindows(input);
  checkSpan(input);
  checkChannels(input.channels);
  checkParticipants(input);
  const isSet = new Set(input.contentIds).size === input.contentIds.length;
  check(isSet && input.contentIds.length <= MAX_CONTENTS, 'contentIds', `At most ${MAX_CONTENTS}, each once.`);
  return {
    ...input,
    name: requireText('name', input.name, { maxLength: 120 }),
    description: requireText('description', input.description, { maxLength: 4_000, multiline: true }),
    goal: requireText('goal', input.goal, { maxLength: 500, multiline: true }),
  };
}

/** @throws InvalidInputError */
export function check(holds: boolean, field: string, message: string): void {
  if (!holds) throw new InvalidInputError(field, message);
}

/** @throws InvalidInputError */
export function checkSpan({ startsAt, endsAt }: { startsAt: Date; endsAt: Date }): void {
  check(startsAt < endsAt, 'endsAt', 'A campaign ends after it starts.');
}

function checkWindows({ attributionWindowDays, viewWindowDays }: AttributionWindows): void {
  const isWindow = isWhole(attributionWindowDays, { from: 1, to: MAX_WINDOW_DAYS });
  check(isWindow, 'attributionWindowDays', `A window has from 1 to ${MAX_WINDOW_DAYS} whole days.`);
  const isViewWindow = isWhole(viewWindowDays, { from: 0, to: attributionWindowDays });
  check(isViewWindow, 'viewWindowDays', `From 0 to ${attributionWindowDays} whole days: no longer than after a click.`);
}

function isWhole(value: number, { from, to }: { from: number; to: number }): boolean {
  return Number.isInteger(value) && value >= from && value <= to;
}

/** @throws InvalidInputError */
export function checkChannels(channels: readonly Channel[]): void {
  const isSet = new Set(channels).size === channels.length && channels.every((channel) => CHANNELS.includes(channel));
  check(isSet && channels.length > 0, 'channels', 'A campaign has at least one channel, each once.');
}

function checkParticipants({ leadPartnerId, partners }: CreateCampaignInput): void {
  check(partners.length < MAX_PARTICIPANTS, 'partners', `A campaign has at most ${MAX_PARTICIPANTS} partners.`);
  const seen = new Set([leadPartnerId]);
  for (const [index, { partnerId, role }] of partners.entries()) {
    check(role !== 'LEAD', `partners.${index}.role`, 'A campaign has one lead.');
    check(!seen.has(partnerId), `partners.${index}.partnerId`, 'A partner takes part once.');
    seen.add(partnerId);
  }
}
