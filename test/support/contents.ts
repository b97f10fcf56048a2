import {
  Content,
  type ContentKind,
  type ContentState,
  type Level,
  Licence,
  type Module,
  WORLDWIDE,
} from '../../src/content/index.ts';
import { aDomain, aPartner } from './partners.ts';
import type { TestApp } from './test-app.ts';

export interface LicenceOptions {
  /** Country codes; the whole world unless given. */
  readonly territory?: readonly string[];
  readonly exclusive?: boolean;
  readonly validFrom?: Date;
  readonly validUntil?: Date | null;
}

export interface ContentOptions {
  readonly id?: string;
  /** A new active partner unless given. */
  readonly partnerId?: string;
  readonly domainCode?: string;
  readonly kind?: ContentKind;
  readonly module?: Module;
  readonly level?: Level;
  readonly language?: string;
  readonly title?: string;
  readonly authors?: readonly string[];
  readonly description?: string;
  readonly keywords?: readonly string[];
  readonly priceMinor?: bigint;
  readonly currency?: string;
  /** 0 unless given, whatever the kind. */
  readonly minAge?: number;
  readonly state?: ContentState;
  /** Now, unless given; null for one that never was. */
  readonly publishedAt?: Date | null;
  /** One worldwide licence without end unless given; an empty list for none. */
  readonly licences?: readonly LicenceOptions[];
}

/** The start of licences that the tests do not care about. */
const LONG_AGO = new Date('2020-01-01T00:00:00Z');

/** A published course for 99.00 CNY, licensed everywhere, that meets the quality rules. */
export async function aContent(app: TestApp, options: ContentOptions = {}): Promise<{ id: string; partnerId: string }> {
  const id = options.id ?? app.platform.ids.next();
  const domainCode = await aDomain(app, options.domainCode);
  const partnerId = options.partnerId ?? (await aPartner(app, { domainCode })).id;
  await app.platform.database.transaction(async (em) => {
    em.create(Content, { ...contentDefaults(app, options), id, partnerId, domainCode }, { persist: true });
    for (const licence of options.licences ?? [{}]) {
      em.create(
        Licence,
        {
          id: app.platform.ids.next(),
          contentId: id,
          territory: [...(licence.territory ?? [WORLDWIDE])],
          exclusive: licence.exclusive ?? false,
          validFrom: licence.validFrom ?? LONG_AGO,
          validUntil: licence.validUntil ?? null,
        },
        { persist: true },
      );
    }
  });
  return { id, partnerId };
}

function contentDefaults(app: TestApp, options: ContentOptions) {
  return {
    kind: options.kind ?? 'COURSE',
    module: options.module ?? 'COURSE',
    level: options.level ?? 'BEGINNER',
    language: options.language ?? 'zh-CN',
    title: options.title ?? '概率论入门',
    authors: [...(options.authors ?? ['李老师'])],
    description: options.description ?? 'From coin tosses to the law of large numbers, with exercises after each part.',
    keywords: [...(options.keywords ?? ['probability', 'statistics'])],
    priceMinor: options.priceMinor ?? 9_900n,
    currency: options.currency ?? 'CNY',
    durationMinutes: 240,
    minAge: options.minAge ?? 0,
    state: options.state ?? 'PUBLISHED',
    publishedAt: options.publishedAt === undefined ? app.clock.now() : options.publishedAt,
    createdAt: app.clock.now(),
  };
}
