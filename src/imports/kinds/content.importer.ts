import { CONTENT_KINDS, defaultMinAge, LEVELS, MODULES } from '../../content/index.ts';
import { idFromName } from '../../shared/ids.ts';
import { idFromNameSql } from '../id-from-name.sql.ts';
import { optional, RefusedCellError, type RowOf, required } from './columns.ts';
import {
  amount,
  choice,
  country,
  currency,
  instant,
  list,
  locale,
  longText,
  reference,
  text,
  wholeNumber,
} from './fields.ts';
import { defineImporter, type MergeContext, STAGED } from './importer.ts';
import { asInFile, countMerged, MERGED, refuseRepeated, upsert } from './merge.sql.ts';
import { minorOf } from './money-cell.ts';
import { idsOf, resolve } from './references.ts';
import { requestIndexing } from './search-indexing.ts';

const STATES = ['DRAFT', 'PUBLISHED'] as const;
const YES_NO = ['YES', 'NO'] as const;

const columns = {
  external_ref: required(reference(), 'name of the content in your system, unique', 'cms:py-101'),
  partner: required(reference(), 'external_ref or id of the partner that supplies it', 'press:42'),
  title: required(text(300), 'title', 'Python 入门'),
  kind: required(choice(CONTENT_KINDS), CONTENT_KINDS.join(', '), 'COURSE'),
  module: required(choice(MODULES), MODULES.join(', '), 'COURSE'),
  domain: required(text(60), 'code of a domain that there is', 'technology'),
  language: required(locale(), 'BCP 47 tag', 'zh-CN'),
  level: optional(choice(LEVELS), `${LEVELS.join(', ')}; BEGINNER unless given`, 'BEGINNER'),
  authors: optional(list(), 'separated by |', '王芳|Ada Chen'),
  description: optional(longText(20_000), 'plain text', 'From the first line to a small web service.'),
  keywords: optional(list(), 'separated by |', 'python|编程'),
  price: required(amount(), 'in major units', '199.00'),
  currency: required(currency(), 'ISO 4217 code', 'CNY'),
  duration_minutes: optional(wholeNumber(1, 1_000_000), 'time to work through it', '1200'),
  min_age: optional(wholeNumber(0, 21), 'years one must have; 18 for a FINANCIAL_PRODUCT, else 0, unless given', '18'),
  state: optional(choice(STATES), 'DRAFT or PUBLISHED; DRAFT unless given', 'PUBLISHED'),
  licence_territory: optional(list(), '* for everywhere, or country codes separated by |', 'CN|SG'),
  licence_from: optional(instant(), 'start of the licence', '2026-01-01T00:00:00+08:00'),
  licence_until: optional(instant(), 'its end; absent: none', '2029-01-01T00:00:00+08:00'),
  licence_exclusive: optional(choice(YES_NO), 'YES or NO; NO unless given', 'YES'),
};

const FACTS = ['title', 'kind', 'module', 'domain_code', 'language', 'level', 'authors', 'description', 'keywords'];
const FOLLOWED = [...FACTS, 'partner_id', 'price_minor', 'currency', 'duration_minutes', 'min_age'];

/** Contents from a supplier's catalogue. */
export const contentImporter = defineImporter({
  kind: 'content',
  summary: 'contents of partners that there are',
  notes:
    'A published content needs licence_territory and licence_from, since without a licence it is neither shown nor sold. ' +
    'A content that is there already (same external_ref) gets the facts and the licence of the file and keeps its state.',
  columns,
  staging: {
    id: 'uuid',
    licence_id: 'uuid',
    external_ref: 'text',
    partner: 'text',
    title: 'text',
    kind: 'text',
    module: 'text',
    domain_code: 'text',
    language: 'text',
    level: 'text',
    authors: 'text[]',
    description: 'text',
    keywords: 'text[]',
    price_minor: 'bigint',
    currency: 'text',
    duration_minutes: 'integer',
    min_age: 'smallint',
    state: 'text',
    territory: 'text[]',
    valid_from: 'timestamptz',
    valid_until: 'timestamptz',
    exclusive: 'boolean',
  },
  tables: ['contents', 'licences', 'content_steps'],
  stage: (row) => ({
    id: idFromName('imported content', row.external_ref),
    licence_id: idFromName('licence of an imported content', row.external_ref),
    external_ref: row.external_ref,
    partner: row.partner,
    title: row.title,
    kind: row.kind,
    module: row.module,
    domain_code: row.domain,
    language: row.language,
    level: row.level ?? 'BEGINNER',
    authors: row.authors ?? [],
    description: row.description ?? '',
    keywords: row.keywords ?? [],
    price_minor: minorOf(row, 'price'),
    currency: row.currency,
    duration_minutes: row.duration_minutes ?? null,
    min_age: row.min_age ?? defaultMinAge(row.kind),
    state: row.state ?? 'DRAFT',
    ...licenceOf(row),
  }),
  async merge(context) {
    await resolve(context, { column: 'partner', table: 'partners', by: ['external_ref'], what: 'partner' });
    await context.refuse(`
      select line, 'domain' as column_name, 'names no domain that there is' as reason
      from ${STAGED} where not exists (select from domains where code = domain_code)`);
    await refuseExclusiveBeside(context);
    await refuseRepeated(context, 'external_ref');
    await mergeContents(context);
    await mergeLicences(context);
    await noteSteps(context);
    await requestIndexing(context);
    return countMerged(context);
  },
});

/** @throws RefusedCellError when a published content has no licence, or the licence makes no sense */
function licenceOf(row: RowOf<typeof columns>) {
  const { licence_territory: territory = [], licence_from: from = null, licence_until: until = null } = row;
  const everywhere = territory.length === 1 && territory[0] === '*';
  if (!everywhere && !territory.every((code) => country().safeParse(code).success)) {
    throw new RefusedCellError('licence_territory', 'must be * or country codes such as CN|SG');
  }
  if (territory.length > 0 !== (from !== null)) {
    throw new RefusedCellError('licence_territory', 'and licence_from go together');
  }
  if (row.state === 'PUBLISHED' && !from) throw new RefusedCellError('state', 'is PUBLISHED without a licence');
  if (until && (!from || until <= from)) throw new RefusedCellError('licence_until', 'must be after licence_from');
  return { territory, valid_from: from, valid_until: until, exclusive: String(row.licence_exclusive === 'YES') };
}

function mergeContents(context: MergeContext) {
  const facts = Object.fromEntries(FACTS.map((name) => [name, `${STAGED}.${name}`]));
  const values = {
    ...facts,
    id: `${STAGED}.id`,
    external_ref: `${STAGED}.external_ref`,
    partner_id: `${idsOf('partner')}.id`,
    price_minor: 'price_minor',
    currency: 'currency',
    duration_minutes: 'duration_minutes',
    min_age: 'min_age',
    state: 'state',
    published_at: "case when state = 'PUBLISHED' then $1::timestamptz end",
    created_at: '$1::timestamptz',
  };
  const from = `${STAGED} join ${idsOf('partner')} on ref = partner`;
  const update = asInFile(FOLLOWED);
  return upsert(context, { into: 'contents', key: 'external_ref', values, update, from }, [context.now]);
}

/** The licence of the file itself is no obstacle to its next version. */
function refuseExclusiveBeside({ refuse }: MergeContext): Promise<void> {
  return refuse(`
    select line, 'licence_exclusive' as column_name,
      'overlaps the exclusive licence ' || other || ' of the content, from ' || licences.valid_from ||
        coalesce(' until ' || licences.valid_until, ' without end') as reason
    from ${STAGED} join contents on contents.external_ref = ${STAGED}.external_ref
    cross join lateral exclusive_licence_beside(
      contents.id, licence_id, ${STAGED}.territory, ${STAGED}.valid_from, ${STAGED}.valid_until) other
    join licences on licences.id = other
    where ${STAGED}.exclusive and ${STAGED}.valid_from is not null`);
}

/** The licence that came with an import is known by its id: others of the same content are none of the file's business. */
function mergeLicences(context: MergeContext) {
  const values = {
    id: 'licence_id',
    content_id: 'contents.id',
    territory: 'territory',
    exclusive: 'exclusive',
    valid_from: 'valid_from',
    valid_until: 'valid_until',
  };
  const from = `${STAGED} join contents on contents.external_ref = ${STAGED}.external_ref where valid_from is not null`;
  const update = asInFile(['territory', 'exclusive', 'valid_from', 'valid_until']);
  return upsert(context, { into: 'licences', key: 'id', values, update, from, partOf: 'content_id' }, []);
}

async function noteSteps({ session, now, by }: MergeContext): Promise<void> {
  await session.execute(
    `insert into content_steps (id, content_id, from_state, to_state, by, reasons, at)
     select ${idFromNameSql("'step of an imported content'", 'external_ref')}, id, null, state, $1, '{}', $2
     from contents where id in (select id from ${MERGED} where is_new)`,
    [by, now],
  );
}
