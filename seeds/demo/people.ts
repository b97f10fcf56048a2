import { present } from '../../src/shared/invariant.ts';
import type { Random } from '../../src/shared/random.ts';
import type { DemoCalendar } from './demo-calendar.ts';
import { DAY_MS } from './demo-calendar.ts';
import { demoId } from './demo-ids.ts';
import type { DomainCode } from './domains.ts';
import { partnerSpecs } from './partners.ts';
import { familiesAndRetired } from './people-families-and-retired.ts';
import { midCareer } from './people-mid-career.ts';
import * as names from './people-names.ts';
import { startingOut } from './people-starting-out.ts';
import { createRhythm } from './rhythm.ts';
import { between, chance, pick, randomStream } from './sampling.ts';
import type { DemoLogin, DemoUser } from './scenario.types.ts';
import { drawInterests } from './taste.ts';

export const DEMO_PASSWORD = 'tributary-demo-2026';
const GENERATED_LEARNERS = 2_000;
/** Part of the generated learners that signed up before the history begins. */
const EARLIER_SHARE = 0.62;
/** Part of those of working age whose occupation goes with what they like best. */
const FITTING_SHARE = 0.6;
const LOGINS = ['manager', 'learner', 'finance', 'admin'] as const;

export interface DemoPeople {
  /** Platform staff, people of the partners, then all learners. */
  readonly users: readonly DemoUser[];
  readonly learners: readonly DemoUser[];
  readonly logins: readonly DemoLogin[];
}

export function buildPeople(calendar: DemoCalendar, seed: number): DemoPeople {
  const random = randomStream(seed, 'people');
  const named = namedLearners(calendar);
  const learners = [...named, ...generatedLearners(calendar, random)];
  const users = [...staff(calendar), ...partnerPeople(calendar), ...learners];
  const logins = LOGINS.map((who) => ({ who, email: `${who}@example.com`, userId: userId(`demo-${who}`) }));
  return { users, learners, logins };
}

function userId(key: string): string {
  return demoId('user', key);
}

function staff(calendar: DemoCalendar): DemoUser[] {
  const common = { locale: 'zh-CN', country: 'CN', interests: [], goals: [], canLogIn: true } as const;
  const since = calendar.daysAgo(900);
  return [
    {
      ...common,
      ...identity('demo-admin', 'example.com'),
      displayName: '秦岳',
      roles: ['ADMIN'],
      birthYear: 1984,
      occupation: '平台管理员',
      createdAt: since,
    },
    {
      ...common,
      ...identity('demo-finance', 'example.com'),
      displayName: '柏青',
      roles: ['FINANCE'],
      birthYear: 1990,
      occupation: '结算专员',
      createdAt: since,
    },
  ];
}

function partnerPeople(calendar: DemoCalendar): DemoUser[] {
  return Object.entries(partnerSpecs).flatMap(([partner, spec]) =>
    spec.members.map((member) => ({
      ...identity(member.key, `${partner}.example`),
      displayName: member.name,
      roles: ['LEARNER'] as const,
      locale: spec.country === 'CN' ? 'zh-CN' : 'en',
      country: spec.country,
      birthYear: member.birthYear,
      occupation: member.occupation,
      interests: [spec.domain],
      goals: [],
      createdAt: calendar.daysAgo(spec.appliedDaysAgo + 1),
      canLogIn: true,
    })),
  );
}

function namedLearners(calendar: DemoCalendar): DemoUser[] {
  const specs = { ...startingOut, ...midCareer, ...familiesAndRetired };
  return Object.entries(specs).map(([key, { name, ...spec }], index) => ({
    ...spec,
    ...identity(key, 'example.org'),
    displayName: name,
    roles: ['LEARNER'],
    createdAt: calendar.daysAgo(100 + ((index * 37) % 400), 8 + (index % 14)),
    canLogIn: true,
  }));
}

function generatedLearners(calendar: DemoCalendar, random: Random): DemoUser[] {
  const rhythm = createRhythm(calendar.startsAt, calendar.endsAt);
  const startMs = calendar.startsAt.getTime();
  return Array.from({ length: GENERATED_LEARNERS }, (_, index) => {
    const createdMs = chance(random, EARLIER_SHARE)
      ? startMs - Math.floor(between(random, 1, 480) * DAY_MS)
      : rhythm.between(random, startMs, calendar.endsAt.getTime());
    return generatedLearner(random, { number: index + 1, createdAt: new Date(createdMs - (createdMs % 1000)) });
  });
}

function generatedLearner(random: Random, given: { number: number; createdAt: Date }): DemoUser {
  const locale = chance(random, 0.84) ? 'zh-CN' : 'en';
  const { displayName, latin } = locale === 'zh-CN' ? chineseName(random) : englishName(random);
  const key = `${latin}-${String(given.number).padStart(4, '0')}`;
  const interests = drawInterests(random);
  const birthYear = drawBirthYear(random, interests);
  return {
    ...identity(key, 'example.net'),
    displayName,
    roles: ['LEARNER'],
    locale,
    country: drawCountry(random, locale),
    birthYear,
    occupation: drawOccupation(random, { locale, birthYear, interests, createdAt: given.createdAt }),
    interests,
    goals: interests.slice(0, 1).map((code) => names.goalsByDomain[code][locale === 'zh-CN' ? 0 : 1]),
    createdAt: given.createdAt,
    canLogIn: false,
  };
}

/** The four people of the demo logins are addressed by what they do; everyone else by name. */
function identity(key: string, host: string): { id: string; key: string; email: string } {
  const email = key.startsWith('demo-') ? `${key.slice('demo-'.length)}@example.com` : `${key}@${host}`;
  return { id: userId(key), key, email };
}

function chineseName(random: Random): { displayName: string; latin: string } {
  const [family, familyLatin] = pick(random, names.familyNames);
  const [given, givenLatin] = pick(random, names.givenNames);
  return { displayName: family + given, latin: `${familyLatin}-${givenLatin}` };
}

function englishName(random: Random): { displayName: string; latin: string } {
  const first = pick(random, names.englishFirstNames);
  const last = pick(random, names.englishLastNames);
  return { displayName: `${first} ${last}`, latin: `${first}-${last}`.toLowerCase() };
}

/** The sum of two uniforms peaks in the middle of the span, as the age of adult learners does. */
function drawBirthYear(random: Random, interests: readonly DomainCode[]): number {
  const [low, high] =
    interests[0] === 'parenting' ? [1976, 1996] : interests[0] === 'arts' ? [1956, 2004] : [1968, 2007];
  return low + Math.round(((random.next() + random.next()) / 2) * (high - low));
}

function drawCountry(random: Random, locale: 'zh-CN' | 'en'): string {
  if (locale === 'zh-CN') return chance(random, 0.94) ? 'CN' : pick(random, ['HK', 'SG', 'MY']);
  return names.englishCountries[Math.floor(random.next() ** 1.8 * names.englishCountries.length)] ?? 'SG';
}

/** The young study and the old are retired; of the others, most do what goes with what they like best. */
function drawOccupation(
  random: Random,
  person: { locale: 'zh-CN' | 'en'; birthYear: number; interests: readonly DomainCode[]; createdAt: Date },
): string {
  const { locale, birthYear, interests, createdAt } = person;
  const age = createdAt.getUTCFullYear() - birthYear;
  const [student, retired] = locale === 'zh-CN' ? ['大学生', '退休人员'] : ['Student', 'Retired'];
  if (age <= 22) return student;
  if (age >= 62) return retired;
  const fitting =
    names.occupationsByDomain[present(interests[0], 'the strongest interest')][locale === 'zh-CN' ? 0 : 1];
  const share = random.next();
  return share < FITTING_SHARE
    ? itemAt(fitting, share / FITTING_SHARE)
    : itemAt(names.occupations[locale], (share - FITTING_SHARE) / (1 - FITTING_SHARE));
}

/** @param share from 0 to before 1 */
function itemAt<Item>(items: readonly Item[], share: number): Item {
  return present(items[Math.floor(share * items.length)], 'an item of the list');
}
