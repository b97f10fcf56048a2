import { currencyExponent } from '../shared/currency.ts';
import { InvalidInputError } from '../shared/domain-error.ts';
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
  currencyExponent(input.currency);
  check(input.budgetMinor >= 0n, 'budgetMinor', 'A budget is not negative.');
  checkWindows(input);
  check(input.startsAt < input.endsAt, 'endsAt', 'A campaign ends after it starts.');
  checkChannels(input.channels);
  checkParticipants(input);
  const isSet = new Set(input.contentIds).size === input.contentIds.length;
  check(isSet && input.contentIds.length <= MAX_CONTENTS, 'contentIds', `At most ${MAX_CONTENTS}, each once.`);
  return {
    ...input,
    name: requireText('name', input.name, 120),
    description: requireText('description', input.description, 4_000),
    goal: requireText('goal', input.goal, 500),
  };
}

/** Trims. @throws InvalidInputError when nothing is left, or too much */
export function requireText(field: string, text: string, maxLength: number): string {
  const trimmed = text.trim();
  check(
    trimmed.length > 0 && trimmed.length <= maxLength,
    field,
    `"${field}" needs from 1 to ${maxLength} characters.`,
  );
  return trimmed;
}

/** @throws InvalidInputError */
export function check(holds: boolean, field: string, message: string): void {
  if (!holds) throw new InvalidInputError(field, message);
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

function checkChannels(channels: readonly Channel[]): void {
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
