import { InvalidInputError } from '../shared/domain-error.ts';
import type { Channel } from './campaign.entity.ts';

/** Stands for our own host while a relative address is read; nothing ever leads there. */
const OWN = 'https://own.invalid';
const MAX_LENGTH = 1_500;
/** Control characters and spaces, and the backslash, which browsers read as a slash. */
const UNSAFE = /[\p{Cc}\s\\]/u;

/** What the UTM set of a link is made from. */
export interface UtmSource {
  readonly partner: { readonly id: string; readonly name: string };
  readonly campaign: { readonly id: string; readonly name: string };
  readonly channel: Channel;
  /** Null for a link without one. */
  readonly creative: { readonly id: string; readonly title: string } | null;
  readonly code: string;
}

/**
 * The address that a link may lead to, normalised: a path of our own, or `https` on one of the hosts.
 *
 * @param hosts lower case, with the port where it is not 443
 * @throws InvalidInputError naming `target`
 */
export function checkTarget(target: string, hosts: readonly string[]): string {
  const url = target.length > MAX_LENGTH || UNSAFE.test(target) ? null : parse(target);
  if (!url) throw wrong('A link leads to a path such as "/courses/1", or to an https address.');
  if (isOwn(url)) {
    if (url.pathname.startsWith('/l/')) throw wrong('A link does not lead to a link.');
    return withoutHost(url);
  }
  if (!hosts.includes(url.host)) throw wrong(`No link may lead to ${url.host}.`);
  return url.href;
}

/** Whether a registered target may still be led to. */
export function isAllowedTarget(destination: string, hosts: readonly string[]): boolean {
  const url = parse(destination);
  return url !== null && (isOwn(url) || hosts.includes(url.host));
}

/**
 * The target with the UTM set of a link, by one rule for all. UTM values that the target had are replaced.
 *
 * - `utm_source`: the partner; `utm_campaign`: the campaign; `utm_content`: the creative, or the link's code without one.
 *   Each is the name in lower case, letters and digits of any script kept and anything else a dash, cut at 60
 *   characters, then a dot and the last six digits of its identifier, so that two of one name stay apart.
 * - `utm_medium`: the channel in lower case, with dashes.
 *
 * @param target as `checkTarget` gave it
 */
export function withUtm(target: string, { partner, campaign, channel, creative, code }: UtmSource): string {
  const url = new URL(target, OWN);
  url.searchParams.set('utm_source', named(partner.name, partner.id));
  url.searchParams.set('utm_medium', channel.toLowerCase().replaceAll('_', '-'));
  url.searchParams.set('utm_campaign', named(campaign.name, campaign.id));
  url.searchParams.set('utm_content', creative ? named(creative.title, creative.id) : code);
  return isOwn(url) ? withoutHost(url) : url.href;
}

/** The UTM set that a destination carries. */
export function utmOf(destination: string): { source: string; medium: string; campaign: string; content: string } {
  const { searchParams } = new URL(destination, OWN);
  const value = (name: string) => searchParams.get(`utm_${name}`) ?? '';
  return { source: value('source'), medium: value('medium'), campaign: value('campaign'), content: value('content') };
}

function named(name: string, id: string): string {
  const plain = name.normalize('NFKC').toLowerCase();
  const dashed = plain.replaceAll(/[^\p{L}\p{N}]+/gu, '-').replaceAll(/^-|-$/g, '');
  return `${[...dashed].slice(0, 60).join('')}.${id.slice(-6)}`;
}

function parse(target: string): URL | null {
  if (target.startsWith('/') && !target.startsWith('//')) {
    const url = URL.canParse(target, OWN) ? new URL(target, OWN) : null;
    return url && isOwn(url) ? url : null;
  }
  if (!URL.canParse(target)) return null;
  const url = new URL(target);
  const isPlain = url.protocol === 'https:' && url.username === '' && url.password === '';
  return isPlain && !isOwn(url) ? url : null;
}

function isOwn(url: URL): boolean {
  return url.origin === OWN;
}

function withoutHost({ pathname, search, hash }: URL): string {
  return `${pathname}${search}${hash}`;
}

function wrong(message: string): InvalidInputError {
  return new InvalidInputError('target', message);
}
