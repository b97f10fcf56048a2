import { type SeededDraws, seededDraws } from '../../../src/math/random/seeded-draws.ts';
import { bulkInsert } from '../../../src/platform/bulk-insert.ts';
import type { Platform } from '../../../src/platform/platform.ts';
import { idFromName } from '../../../src/shared/ids.ts';

export interface WorldSize {
  readonly users: number;
  readonly contents: number;
  /** Mean; each person has from one to about three times as many. */
  readonly interactionsPerUser: number;
}

/** As many people and courses as MOOCCubeX has learners with enrolments in ten courses or more, and courses. */
export const LIKE_MOOCCUBEX: WorldSize = { users: 12_000, contents: 2_297, interactionsPerUser: 35 };

const DOMAINS = ['programming', 'design', 'business', 'finance', 'languages', 'history', 'health', 'music'];
const KINDS = ['COURSE', 'BOOK', 'LECTURE', 'ARTICLE'];
const OCCUPATIONS = ['backend engineer', 'teacher', 'accountant', 'designer', 'student', 'nurse'];
const PARTNERS = 60;
/** Share of what people do that stays within the one domain that is theirs. */
const LOYALTY = 0.75;
const DAY_MS = 86_400_000;

const userId = (number: number) => idFromName('bench user', String(number));
const contentId = (number: number) => idFromName('bench content', String(number));
const partnerId = (number: number) => idFromName('bench partner', String(number));

/**
 * A catalogue and people with tastes, the same at every run: the popularity of contents falls as 1 / rank, and people
 * mostly stay in a domain of theirs.
 *
 * @returns identifiers of the people
 */
export async function makeWorld(platform: Platform, size: WorldSize): Promise<string[]> {
  const now = platform.clock.now();
  await platform.database.transaction(async (em) => {
    await bulkInsert(
      em,
      'domains',
      DOMAINS.map((code) => ({ code, name: code, name_zh: code })),
    );
    await bulkInsert(em, 'partners', partnerRows(now));
    await bulkInsert(em, 'contents', contentRows(size, now));
    await bulkInsert(em, 'licences', licenceRows(size, now));
    await bulkInsert(em, 'users', userRows(size, now));
  });
  const draws = seededDraws(7);
  const batch = 1_000;
  for (let from = 0; from < size.users; from += batch) {
    const rows: Record<string, unknown>[] = [];
    for (let user = from; user < Math.min(size.users, from + batch); user++)
      rows.push(...deedsOf(user, size, draws, now));
    await platform.database.transaction((em) => bulkInsert(em, 'interactions', rows));
  }
  await platform.database.pool.query('vacuum analyze');
  return Array.from({ length: size.users }, (_, number) => userId(number));
}

function partnerRows(now: Date) {
  return Array.from({ length: PARTNERS }, (_, number) => ({
    id: partnerId(number),
    name: `Partner ${number}`,
    kind: 'SCHOOL',
    domain_code: domainOf(number),
    state: 'ACTIVE',
    country: 'CN',
    description: 'A partner of the bench.',
    created_at: now,
  }));
}

function contentRows({ contents }: WorldSize, now: Date) {
  return Array.from({ length: contents }, (_, number) => ({
    id: contentId(number),
    partner_id: partnerId(partnerOf(number)),
    domain_code: domainOf(number),
    kind: KINDS[(number >> 3) % KINDS.length],
    module: 'COURSE',
    level: 'BEGINNER',
    language: number % 3 === 0 ? 'en' : 'zh-CN',
    title: `Content ${number} of ${domainOf(number)}`,
    authors: [`Author ${number % 300}`],
    description: `About ${domainOf(number)}, part ${number % 17}.`,
    keywords: [domainOf(number), `topic ${number % 97}`],
    price_minor: 9_900n,
    currency: 'CNY',
    duration_minutes: 60,
    min_age: 0,
    state: 'PUBLISHED',
    published_at: new Date(now.getTime() - (number % 700) * DAY_MS),
    created_at: now,
  }));
}

function licenceRows({ contents }: WorldSize, now: Date) {
  return Array.from({ length: contents }, (_, number) => ({
    id: idFromName('bench licence', String(number)),
    content_id: contentId(number),
    territory: ['*'],
    exclusive: false,
    valid_from: new Date(now.getTime() - 1_000 * DAY_MS),
  }));
}

function userRows({ users }: WorldSize, now: Date) {
  return Array.from({ length: users }, (_, number) => ({
    id: userId(number),
    display_name: `Learner ${number}`,
    roles: ['LEARNER'],
    locale: number % 2 === 0 ? 'zh-CN' : 'en',
    country: 'CN',
    birth_year: 1_990,
    occupation: OCCUPATIONS[number % OCCUPATIONS.length],
    interests: [],
    goals: [],
    created_at: now,
  }));
}

/** What one person did: each content once, the last months more than those before. */
function deedsOf(user: number, size: WorldSize, draws: SeededDraws, now: Date): Record<string, unknown>[] {
  const count = 1 + Math.floor(-Math.log(1 - draws.uniform() * 0.95) * size.interactionsPerUser);
  const own = Math.floor(draws.uniform() * DOMAINS.length);
  const contents = new Set<number>();
  for (let at = 0; at < count; at++) contents.add(drawContent(draws, { size, own }));
  return Array.from(contents, (number) => {
    const at = new Date(now.getTime() - Math.floor(draws.uniform() ** 2 * 300 * DAY_MS) - 1_000);
    const kind = draws.uniform();
    return {
      id: idFromName('bench interaction', `${user}:${number}`),
      user_id: userId(user),
      content_id: contentId(number),
      kind: kind < 0.6 ? 'VIEW' : kind < 0.85 ? 'PROGRESS' : 'LIKE',
      value: kind >= 0.6 && kind < 0.85 ? 0.5 : null,
      occurred_at: at,
      received_at: at,
    };
  });
}

/** By inverse transform of a density that falls as 1 / rank. */
function drawContent(draws: SeededDraws, { size, own }: { size: WorldSize; own: number }): number {
  const rank = Math.floor(size.contents ** draws.uniform()) - 1;
  if (draws.uniform() >= LOYALTY) return rank;
  return Math.min(size.contents - 1, rank - (rank % DOMAINS.length) + own);
}

function domainOf(number: number): string {
  return DOMAINS[number % DOMAINS.length] ?? '';
}

/** Each partner keeps to one domain. */
function partnerOf(number: number): number {
  const domain = number % DOMAINS.length;
  const partnersOfDomain = Math.floor(PARTNERS / DOMAINS.length);
  return domain + DOMAINS.length * ((number >> 3) % partnersOfDomain);
}
