import { idFromNameSql } from '../id-from-name.sql.ts';
import type { ImportRun } from '../import-run.ts';
import type { MergeCounts } from '../kinds/importer.ts';
import { asInFile, countMerged, MERGED, upsert } from '../kinds/merge.sql.ts';
import { COURSE_DOMAINS, GENERAL } from './course-domains.ts';
import { COURSES, ENROLMENTS } from './mooccubex.staging.ts';

/** Enrolments have no times in the data: they are spread over so many days that end now. */
export const ENROLMENT_PERIOD_DAYS = 365;

const SCHOOLS = 'mooc_schools';
const INTERACTIONS = 'mooc_interactions';
/** Rows inserted by one statement, so that whoever waits sees them go in. */
const SLICE = 50_000;
const NO_SCHOOL = { ref: 'none', name: 'MOOCCubeX (学校未注明)' };
const COURSE_FACTS = ['title', 'description', 'language', 'authors', 'keywords', 'domain_code'];

/** Start of the period: learners and courses were there by then. */
const FROM = `$1::timestamptz - interval '${ENROLMENT_PERIOD_DAYS} days'`;

const refOf = (name: string) => `'mooccubex:' || ${name}`;
const idOf = (what: string, name: string) => idFromNameSql(`'mooccubex ${what}'`, `${name}::text`);

/** Schools become active partners; the first school of a course supplies it. */
export async function mergeSchools({ session, now, by }: ImportRun): Promise<MergeCounts & { read: number }> {
  await mergeDomains({ session });
  const read = await session.execute(
    `create temporary table ${SCHOOLS} on commit drop as
     select distinct on (ref) ref, name from (
       select school.ref, school.name, line, place from ${COURSES},
         unnest(school_refs, school_names) with ordinality as school (ref, name, place)
       union all
       select '${NO_SCHOOL.ref}', '${NO_SCHOOL.name}', line, 0 from ${COURSES} where cardinality(school_refs) = 0) listed
     order by ref, line, place`,
  );
  const values = {
    id: idOf('school', 'ref'),
    name: 'name',
    kind: "'SCHOOL'",
    domain_code: `'${GENERAL.code}'`,
    state: "'ACTIVE'",
    country: "'CN'",
    description: "''",
    external_ref: refOf('ref'),
    created_at: FROM,
  };
  const spec = { into: 'partners', key: 'external_ref', values, update: asInFile(['name']), from: SCHOOLS };
  await upsert({ session }, spec, [now]);
  await session.execute(
    `insert into partner_steps (id, partner_id, from_state, to_state, by, reason, at)
     select ${idOf('step of a school', 'external_ref')}, id, null, state, $1, 'Imported from MOOCCubeX.', $2
     from partners where id in (select id from ${MERGED} where is_new) on conflict (id) do nothing`,
    [by, now],
  );
  return { read, ...(await countMerged({ session })) };
}

async function mergeDomains({ session }: Pick<ImportRun, 'session'>): Promise<void> {
  const columns = [
    COURSE_DOMAINS.map((domain) => domain.code),
    COURSE_DOMAINS.map((domain) => domain.name),
    COURSE_DOMAINS.map((domain) => domain.nameZh),
  ];
  await session.execute(
    `insert into domains (code, name, name_zh)
     select * from unnest($1::text[], $2::text[], $3::text[]) as domain (code, name, name_zh)
     where code = '${GENERAL.code}' or code in (select domain_code from ${COURSES})
     on conflict (code) do nothing`,
    columns,
  );
}

/** Courses become published contents that cost nothing, with a licence for the whole world. */
export async function mergeCourses({ session, now, by }: ImportRun): Promise<MergeCounts> {
  const facts = Object.fromEntries(COURSE_FACTS.map((name) => [name, `course.${name}`]));
  const values = {
    ...facts,
    id: idOf('course', 'course.ref'),
    partner_id: 'partners.id',
    kind: "'COURSE'",
    module: "'COURSE'",
    level: "'BEGINNER'",
    price_minor: '0',
    currency: "'CNY'",
    state: "'PUBLISHED'",
    published_at: FROM,
    external_ref: refOf('course.ref'),
    created_at: FROM,
  };
  const from = `${COURSES} course
    join partners on partners.external_ref = ${refOf(`coalesce(school_refs[1], '${NO_SCHOOL.ref}')`)}`;
  const update = asInFile([...COURSE_FACTS, 'partner_id']);
  await upsert({ session }, { into: 'contents', key: 'external_ref', values, update, from }, [now]);
  await session.execute(
    `insert into licences (id, content_id, territory, exclusive, valid_from, valid_until)
     select ${idOf('licence', 'external_ref')}, id, '{*}', false, ${FROM}, null
     from contents where id in (select id from ${MERGED} where is_new) on conflict (id) do nothing`,
    [now],
  );
  await session.execute(
    `insert into content_steps (id, content_id, from_state, to_state, by, reasons, at)
     select ${idOf('step of a course', 'external_ref')}, id, null, state, $1, '{}', $2
     from contents where id in (select id from ${MERGED} where is_new) on conflict (id) do nothing`,
    [by, now],
  );
  return countMerged({ session });
}

/** Learners become users without an address or a password. */
export async function mergeLearners({ session, now }: ImportRun): Promise<MergeCounts & { read: number }> {
  const [count] = await session.query<{ read: number }>(
    `select count(distinct learner)::integer as read from ${ENROLMENTS}`,
  );
  const inserted = await session.execute(
    `insert into users (id, display_name, roles, locale, country, interests, goals, external_ref, created_at)
     select ${idOf('learner', 'learner')}, 'Learner ' || learner, '{LEARNER}', 'zh-CN', 'CN', '{}', '{}',
       ${refOf('learner')}, ${FROM}
     from (select distinct learner from ${ENROLMENTS}) learners
     on conflict (external_ref) do nothing`,
    [now],
  );
  return { read: count?.read ?? 0, inserted, updated: 0 };
}

/**
 * Enrolments become interactions of kind PURCHASE: to enrol in a course that costs nothing is to acquire it. It is the
 * strongest sign of taste that there is, and what a person has is not recommended to them again.
 *
 * The n courses of a learner, in the order of the files, are spread evenly over the period: the k-th of them lies at
 * now - period * (n - k) / n. An enrolment that is there keeps its time.
 *
 * @returns number of new rows
 */
export async function mergeEnrolments({ session, now, onProgress }: ImportRun, records: number): Promise<number> {
  const report = (fraction: number) => onProgress({ stage: 'merging enrolments', fraction, records });
  report(0);
  const total = await session.execute(
    `create temporary table ${INTERACTIONS} on commit drop as
     with enrolments as (
       select learner, course, min(sequence) as sequence from ${ENROLMENTS} group by learner, course),
     known as (
       select learner, ref, row_number() over lines as k, count(*) over (partition by learner) as n
       from enrolments join ${COURSES} on number = course
       window lines as (partition by learner order by sequence))
     select row_number() over () as row, users.id as user_id, contents.id as content_id,
       $1::timestamptz - interval '${ENROLMENT_PERIOD_DAYS} days' * ((n - k)::double precision / n) as occurred_at
     from known
     join users on users.external_ref = ${refOf('learner')}
     join contents on contents.external_ref = ${refOf('ref')}`,
    [now],
  );
  await session.execute(`create index on ${INTERACTIONS} (row)`);
  let inserted = 0;
  for (let from = 1; from <= total; from += SLICE) {
    inserted += await session.execute(
      `insert into interactions (id, user_id, content_id, kind, value, occurred_at, received_at)
       select ${idOf('enrolment', "concat(user_id, ':', content_id)")}, user_id, content_id, 'PURCHASE', null,
         occurred_at, $1
       from ${INTERACTIONS} where row >= $2 and row < $3
       on conflict (id) do nothing`,
      [now, from, from + SLICE],
    );
    report(Math.min(1, (from + SLICE) / total));
  }
  return inserted;
}
