import type { ContentKind, ModuleCode } from './catalogue.types.ts';
import type { ContentSpec, ContentSpecs } from './content-spec.ts';
import { artsContents } from './contents-arts.ts';
import { careerContents } from './contents-career.ts';
import { financeContents } from './contents-finance.ts';
import { fitnessContents } from './contents-fitness.ts';
import { languageContents } from './contents-language.ts';
import { parentingContents } from './contents-parenting.ts';
import { technologyContents } from './contents-technology.ts';
import { travelContents } from './contents-travel.ts';
import { DEMO_CURRENCY, type DemoCalendar } from './demo-calendar.ts';
import { demoId } from './demo-ids.ts';
import { type DomainCode, domainCodes, domainId } from './domains.ts';
import { partnerId } from './partners.ts';
import type { DemoContent, DemoLicence } from './scenario.types.ts';

const SPECS: Readonly<Record<DomainCode, ContentSpecs>> = {
  technology: technologyContents,
  finance: financeContents,
  fitness: fitnessContents,
  travel: travelContents,
  arts: artsContents,
  language: languageContents,
  career: careerContents,
  parenting: parentingContents,
};

/** The line of business that a kind belongs to unless its spec says otherwise. */
const USUAL_MODULE: Readonly<Record<ContentKind, ModuleCode>> = {
  COURSE: 'COURSE',
  LECTURE: 'COURSE',
  BOOK: 'COMMERCE',
  PRODUCT: 'COMMERCE',
  VIDEO: 'ENTERTAINMENT',
  EVENT: 'ENTERTAINMENT',
  ARTICLE: 'COMMUNITY',
  CAREER_SERVICE: 'CAREER',
  FINANCIAL_PRODUCT: 'FINANCE',
};
/** Between hand-in and publication a content is screened. */
const SCREENING_DAYS = 6;

export function buildContents(calendar: DemoCalendar): readonly DemoContent[] {
  return domainCodes.flatMap((domain) =>
    Object.entries(SPECS[domain]).map(([key, spec]) => buildContent({ key, spec, domain }, calendar)),
  );
}

export function contentId(key: string): string {
  return demoId('content', key);
}

function buildContent(
  { key, spec, domain }: { key: string; spec: ContentSpec; domain: DomainCode },
  calendar: DemoCalendar,
): DemoContent {
  const status = spec.status ?? 'PUBLISHED';
  const wasPublished = status === 'PUBLISHED' || status === 'WITHDRAWN';
  return {
    id: contentId(key),
    key,
    partnerId: partnerId(spec.owner),
    domainId: domainId(domain),
    module: spec.module ?? USUAL_MODULE[spec.kind],
    kind: spec.kind,
    title: spec.title,
    author: spec.author,
    description: spec.description,
    keywords: spec.keywords,
    language: spec.language ?? 'zh-CN',
    level: spec.level,
    priceMinor: spec.priceMinor,
    currency: DEMO_CURRENCY,
    durationMinutes: spec.durationMinutes,
    licence: buildLicence(key, spec, calendar),
    status,
    createdAt: calendar.daysAgo(spec.publishedDaysAgo + (wasPublished ? SCREENING_DAYS : 0)),
    publishedAt: wasPublished ? calendar.daysAgo(spec.publishedDaysAgo) : null,
    withdrawnAt: spec.withdrawnDaysAgo === undefined ? null : calendar.daysAgo(spec.withdrawnDaysAgo),
  };
}

function buildLicence(key: string, { licence, publishedDaysAgo }: ContentSpec, calendar: DemoCalendar): DemoLicence {
  return {
    id: demoId('licence', key),
    territory: licence?.territory ?? ['*'],
    exclusive: licence?.exclusive ?? false,
    validFrom: calendar.daysAgo(publishedDaysAgo + SCREENING_DAYS, 0),
    validUntil: licence?.endedDaysAgo === undefined ? null : calendar.daysAgo(licence.endedDaysAgo, 0),
  };
}
