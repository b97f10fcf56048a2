import type { CatalogueEntry } from './catalogue.ts';
import type { ReasonKind } from './reason-kinds.ts';
import type { Deed } from './taste.ts';

interface Source {
  readonly title: string;
  readonly deed: Deed;
}

/** How each kind of reason is told. */
export interface ReasonTexts extends Record<ReasonKind, (...facts: never[]) => string> {
  readonly BECAUSE_YOU_INTERACTED: (source: Source) => string;
  readonly ALIKE_IN_CONTENT: (source: Source) => string;
  readonly MATCHES_PROFILE: (told: string) => string;
  readonly POPULAR_WITH_OCCUPATION: (occupation: string) => string;
  readonly POPULAR: () => string;
  readonly POPULAR_IN_DOMAIN: (entry: CatalogueEntry) => string;
  readonly NEW: () => string;
  readonly NEW_FROM_PARTNER: (entry: CatalogueEntry) => string;
  readonly DISCOVERY: () => string;
  readonly CATALOGUE: () => string;
  readonly SEEN_BEFORE: () => string;
}

/** @param locale BCP 47: `zh` and what begins with it */
export function isChinese(locale: string): boolean {
  return locale === 'zh' || locale.startsWith('zh-');
}

const ENGLISH_DID: Readonly<Record<Deed, string>> = {
  VIEW: 'looked at',
  PROGRESS: 'worked on',
  FINISH: 'finished',
  RATE: 'rated',
  LIKE: 'liked',
  SHARE: 'shared',
  DISMISS: 'dismissed',
  PURCHASE: 'have',
};

const CHINESE_DID: Readonly<Record<Deed, string>> = {
  VIEW: '看过',
  PROGRESS: '学过',
  FINISH: '学完了',
  RATE: '评价了',
  LIKE: '喜欢',
  SHARE: '分享了',
  DISMISS: '忽略了',
  PURCHASE: '已有',
};

export const TEXTS: Readonly<Record<'en' | 'zh', ReasonTexts>> = {
  en: {
    BECAUSE_YOU_INTERACTED: ({ title, deed }) => `Because you ${ENGLISH_DID[deed]} “${title}”`,
    ALIKE_IN_CONTENT: ({ title, deed }) => `About the same as “${title}”, which you ${ENGLISH_DID[deed]}`,
    MATCHES_PROFILE: (told) => `Fits what you told of yourself: ${told}`,
    POPULAR_WITH_OCCUPATION: (occupation) => `Popular with people who work as ${occupation}`,
    POPULAR: () => 'Popular with learners',
    POPULAR_IN_DOMAIN: ({ domainName }) => `Popular in ${domainName}`,
    NEW: () => 'New in the last 30 days',
    NEW_FROM_PARTNER: ({ partnerName }) => `New from ${partnerName}`,
    DISCOVERY: () => 'Little known so far: something to discover',
    CATALOGUE: () => 'From the catalogue',
    SEEN_BEFORE: () => 'You have looked at this before',
  },
  zh: {
    BECAUSE_YOU_INTERACTED: ({ title, deed }) => `因为你${CHINESE_DID[deed]}《${title}》`,
    ALIKE_IN_CONTENT: ({ title, deed }) => `与你${CHINESE_DID[deed]}的《${title}》内容相近`,
    MATCHES_PROFILE: (told) => `符合你填写的“${told}”`,
    POPULAR_WITH_OCCUPATION: (occupation) => `受${occupation}欢迎`,
    POPULAR: () => '受学习者欢迎',
    POPULAR_IN_DOMAIN: ({ domainNameZh }) => `${domainNameZh}领域的热门内容`,
    NEW: () => '近 30 天新上架',
    NEW_FROM_PARTNER: ({ partnerName }) => `${partnerName}的新内容`,
    DISCOVERY: () => '还少有人知道，值得发现',
    CATALOGUE: () => '来自内容库',
    SEEN_BEFORE: () => '你之前看过',
  },
};
