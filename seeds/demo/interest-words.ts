import { present } from '../../src/shared/invariant.ts';
import type { DomainCode } from './domains.ts';

/** What people call their interest in a domain: in Chinese, in English. */
const WORDS: Readonly<Record<DomainCode, readonly [readonly string[], readonly string[]]>> = {
  technology: [
    ['Python', '数据分析', '编程入门', '自动化', '机器学习'],
    ['Python', 'distributed systems', 'testing', 'open source'],
  ],
  finance: [
    ['家庭财务', '指数基金', '记账', '储蓄'],
    ['money', 'finance', 'exchange rate'],
  ],
  fitness: [
    ['跑步', '力量训练', '瑜伽', '营养'],
    ['running', 'yoga', 'cycling'],
  ],
  travel: [
    ['徒步', '自由行', '露营', '摄影'],
    ['travel writing', 'slow travel', 'trains'],
  ],
  arts: [
    ['绘画', '话剧', '传统文化', '音乐'],
    ['film', 'theatre', 'live music'],
  ],
  language: [
    ['英语', '日语', '西班牙语', '听力'],
    ['Chinese', 'Mandarin', 'business English'],
  ],
  career: [
    ['求职', '领导力', '职业规划', '面试'],
    ['job search', 'mentoring', 'remote work'],
  ],
  parenting: [
    ['阅读', '绘本', '青春期', '少儿编程'],
    ['picture book', 'children', 'sleep'],
  ],
};

/**
 * The interests of a person in words of their language, the strongest first: two words for the strongest domain and one
 * for each other.
 *
 * @param codes domains, the strongest first
 * @param number of the person; neighbours use different words
 */
export function interestsInWords(
  codes: readonly string[],
  { locale, number }: { locale: string; number: number },
): string[] {
  return codes.flatMap((code, rank) => {
    const words = WORDS[code as DomainCode][locale.startsWith('zh') ? 0 : 1];
    const wordAt = (at: number) => present(words[at % words.length], 'a word for an interest');
    return rank === 0 ? [wordAt(number), wordAt(number + 1)] : [wordAt(number + rank)];
  });
}
