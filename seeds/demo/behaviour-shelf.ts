import { present } from '../../src/shared/invariant.ts';
import type { Random } from '../../src/shared/random.ts';
import type { ContentKind, DemoContent, Level } from './catalogue.types.ts';
import { type DomainCode, domainCodes, domainId } from './domains.ts';
import { between, randomStream, type WeightedTable, weightedTable } from './sampling.ts';

const LEVELS: readonly Level[] = ['BEGINNER', 'INTERMEDIATE', 'ADVANCED'];
/** By distance between the level that a learner likes and that of the content. */
const LEVEL_FIT = [1, 0.4, 0.1];
/** Readers of Chinese often read English too; the other way round it is rare. */
const FOREIGN_LANGUAGE_FIT: Readonly<Record<string, number>> = { 'zh-CN': 0.16, en: 0.03 };
const KIND_PULL: Readonly<Record<ContentKind, number>> = {
  COURSE: 1,
  BOOK: 0.9,
  LECTURE: 1.1,
  ARTICLE: 1.5,
  VIDEO: 1,
  PRODUCT: 0.8,
  EVENT: 0.7,
  CAREER_SERVICE: 0.6,
  FINANCIAL_PRODUCT: 0.45,
};
/** Exponent of the popularity tail. */
const ZIPF = 0.95;

export interface ShelfItem {
  readonly content: DemoContent;
  readonly domain: DomainCode;
  /** Mean stars that learners will give. */
  readonly quality: number;
}

export interface Reader {
  readonly locale: string;
  readonly country: string;
  readonly levelPreference: number;
}

/** The contents as learners meet them: what is on offer to whom, and what is popular. */
export interface Shelf {
  readonly itemsById: ReadonlyMap<string, ShelfItem>;
  /** In proportion to popularity, language fit and level fit within a domain; may be out of offer. */
  draw(random: Random, domain: DomainCode, reader: Reader): ShelfItem;
}

export function createShelf(contents: readonly DemoContent[], seed: number): Shelf {
  const random = randomStream(seed, 'shelf');
  const codes = new Map(domainCodes.map((code) => [domainId(code), code]));
  const items = contents.map((content) => ({
    content,
    domain: present(codes.get(content.domainId), 'the domain of a content'),
    quality: between(random, 3.7, 4.8),
  }));
  const popularity = drawPopularity(items, random);
  const tables = new Map<string, WeightedTable<ShelfItem>>();
  for (const domain of domainCodes) {
    const ofDomain = items.filter((item) => item.domain === domain && item.content.publishedAt !== null);
    for (const locale of ['zh-CN', 'en']) {
      for (const levelPreference of LEVELS.keys()) {
        const weightOf = (item: ShelfItem): number =>
          (popularity.get(item) ?? 0) * suitability(item, locale, levelPreference);
        tables.set(tableKey(domain, { locale, levelPreference }), weightedTable(ofDomain, weightOf));
      }
    }
  }
  return {
    itemsById: new Map(items.map((item) => [item.content.id, item])),
    draw: (source, domain, reader) => present(tables.get(tableKey(domain, reader)), 'a shelf').draw(source),
  };
}

/** Whether a content may be shown and sold in a country at a time. */
export function isOnOffer(content: DemoContent, country: string, atMs: number): boolean {
  const { publishedAt, withdrawnAt, licence } = content;
  if (publishedAt === null || atMs < publishedAt.getTime()) return false;
  if (withdrawnAt !== null && atMs >= withdrawnAt.getTime()) return false;
  if (atMs < licence.validFrom.getTime()) return false;
  if (licence.validUntil !== null && atMs >= licence.validUntil.getTime()) return false;
  return licence.territory.includes('*') || licence.territory.includes(country);
}

function tableKey(domain: DomainCode, reader: Pick<Reader, 'locale' | 'levelPreference'>): string {
  return `${domain}/${reader.locale}/${reader.levelPreference}`;
}

/** A popularity tail over each domain: weight falls with the rank to the power of `ZIPF`. */
function drawPopularity(items: readonly ShelfItem[], random: Random): ReadonlyMap<ShelfItem, number> {
  const popularity = new Map<ShelfItem, number>();
  for (const domain of domainCodes) {
    const ranked = items
      .filter((item) => item.domain === domain)
      .map((item) => ({ item, score: random.next() * KIND_PULL[item.content.kind] }))
      .sort((left, right) => right.score - left.score);
    ranked.forEach(({ item }, rank) => {
      popularity.set(item, KIND_PULL[item.content.kind] / (rank + 1.5) ** ZIPF);
    });
  }
  return popularity;
}

function suitability({ content }: ShelfItem, locale: string, levelPreference: number): number {
  const language = content.language === locale ? 1 : (FOREIGN_LANGUAGE_FIT[locale] ?? 0);
  return language * (LEVEL_FIT[Math.abs(LEVELS.indexOf(content.level) - levelPreference)] ?? 0);
}
