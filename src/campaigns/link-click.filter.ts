import type { CampaignState } from './campaign.state.ts';

/** Why a request of a tracked link is no click. */
export const DROP_REASONS = ['HEAD', 'PREFETCH', 'BOT', 'NOT_RUNNING', 'DUPLICATE'] as const;
export type DropReason = (typeof DROP_REASONS)[number];

/** What a request says about itself: nothing of it is trusted. */
export interface LinkRequest {
  readonly method: string;
  readonly userAgent: string | null;
  /** What browsers say of requests that nobody clicked for: `Sec-Purpose`, `Purpose`, `X-Purpose` and `X-Moz`. */
  readonly purpose: string;
}

/**
 * Programs that follow links: search engines and their like, those that show a preview of a link in a message, scanners
 * of mail, monitors, and libraries. Whoever wants to be taken for a person can be; this is for those who do not.
 */
const BOT =
  /bot\b|crawl|spider|slurp|preview|facebookexternalhit|facebookcatalog|whatsapp|telegram|skypeuripreview|embedly|quora link|pinterest\/|vkshare|w3c_validator|headless|phantomjs|lighthouse|pagespeed|pingdom|uptime|monitor|scan|barracuda|proofpoint|mimecast|curl\/|wget\/|python|java\/|go-http-client|libwww|httpclient|okhttp|axios\/|node-fetch|undici|ruby|perl/i;
const PREFETCH = /prefetch|prerender|preview/i;

/** Why a request is no click; null when it may be one. A request without a user agent is a program's. */
export function dropReasonOf(request: LinkRequest): DropReason | null {
  if (request.method !== 'GET') return 'HEAD';
  if (PREFETCH.test(request.purpose)) return 'PREFETCH';
  if (!request.userAgent || BOT.test(request.userAgent)) return 'BOT';
  return null;
}

/** Whether clicks count: from the first launch on until the planned end, also while the campaign is paused. */
export function takesClicks({ state, endsAt }: { state: CampaignState; endsAt: Date }, now: Date): boolean {
  return (state === 'LIVE' || state === 'PAUSED') && now < endsAt;
}
