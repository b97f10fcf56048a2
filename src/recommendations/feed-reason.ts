import type { InteractionKind } from '../math/weighting/index.ts';
import { ageDays, type FeedTier } from './feed-tier.ts';
import type { Origin } from './taste.ts';

export const REASON_KINDS = [
  'BECAUSE_YOU_INTERACTED',
  'POPULAR',
  'POPULAR_IN_DOMAIN',
  'NEW',
  'CATALOGUE',
  'SEEN_BEFORE',
] as const;
export type ReasonKind = (typeof REASON_KINDS)[number];

/** What the place of an item in a feed came from. */
export interface FeedReason {
  readonly kind: ReasonKind;
  /** The content of the person's own that brought it; null for other kinds. */
  readonly contentId: string | null;
  /** A sentence in the person's language. */
  readonly text: string;
}

export interface ReasonFacts {
  readonly tier: FeedTier;
  readonly rank: number;
  readonly domainName: string;
  readonly domainNameZh: string;
  /** Present for what is near to the person's taste. */
  readonly because: Origin | undefined;
  /** Whether the feed was asked for some domains only, so that the content is popular within them. */
  readonly isWithinDomains: boolean;
  readonly now: Date;
}

/** Published within so many days is new. */
const NEW_DAYS = 30;

/** @param locale BCP 47: Chinese for `zh` and what begins with it, else English */
export function reasonOf(facts: ReasonFacts, locale: string): FeedReason {
  const kind = kindOf(facts);
  const texts = locale === 'zh' || locale.startsWith('zh-') ? CHINESE : ENGLISH;
  const contentId = facts.because?.contentId ?? null;
  return { kind, contentId, text: texts[kind](facts) };
}

function kindOf(facts: ReasonFacts): ReasonKind {
  if (facts.because) return 'BECAUSE_YOU_INTERACTED';
  if (facts.tier === 'SEEN') return 'SEEN_BEFORE';
  if (facts.tier === 'POPULAR') return facts.isWithinDomains ? 'POPULAR_IN_DOMAIN' : 'POPULAR';
  return ageDays(facts.rank, facts.now) <= NEW_DAYS ? 'NEW' : 'CATALOGUE';
}

type Texts = Readonly<Record<ReasonKind, (facts: ReasonFacts) => string>>;

const ENGLISH_DID: Readonly<Record<InteractionKind, string>> = {
  VIEW: 'looked at',
  PROGRESS: 'worked on',
  RATE: 'rated',
  LIKE: 'liked',
  SHARE: 'shared',
  DISMISS: 'dismissed',
  PURCHASE: 'have',
};

const CHINESE_DID: Readonly<Record<InteractionKind, string>> = {
  VIEW: '看过',
  PROGRESS: '学过',
  RATE: '评价了',
  LIKE: '喜欢',
  SHARE: '分享了',
  DISMISS: '忽略了',
  PURCHASE: '已有',
};

const ENGLISH: Texts = {
  BECAUSE_YOU_INTERACTED: ({ because }) =>
    because ? `Because you ${ENGLISH_DID[because.kind]} “${because.title}”` : 'Like what you did of late',
  POPULAR: () => 'Popular with learners',
  POPULAR_IN_DOMAIN: ({ domainName }) => `Popular in ${domainName}`,
  NEW: () => 'New in the last 30 days',
  CATALOGUE: () => 'From the catalogue',
  SEEN_BEFORE: () => 'You have looked at this before',
};

const CHINESE: Texts = {
  BECAUSE_YOU_INTERACTED: ({ because }) =>
    because ? `因为你${CHINESE_DID[because.kind]}《${because.title}》` : '与你最近的学习相似',
  POPULAR: () => '受学习者欢迎',
  POPULAR_IN_DOMAIN: ({ domainNameZh }) => `${domainNameZh}领域的热门内容`,
  NEW: () => '近 30 天新上架',
  CATALOGUE: () => '来自内容库',
  SEEN_BEFORE: () => '你之前看过',
};
