import { idFromName } from '../../shared/ids.ts';
import { optional, required } from './columns.ts';
import { country, email, list, locale, reference, text, wholeNumber } from './fields.ts';
import { defineImporter, STAGED } from './importer.ts';
import { asInFile, countMerged, refuseRepeated, upsert } from './merge.sql.ts';

const PROFILE = ['display_name', 'locale', 'country', 'birth_year', 'occupation', 'interests', 'goals'];

/** Learners from another system. They have no password: those with an address can be invited to set one. */
export const usersImporter = defineImporter({
  kind: 'users',
  summary: 'learners',
  notes:
    'A learner who is there already (same external_ref) gets the profile of the file. An e-mail address is added ' +
    'where there was none and never replaced, since it is what the person logs in with.',
  columns: {
    external_ref: required(reference(), 'name of the learner in your system, unique', 'crm:1041'),
    display_name: required(text(80), 'name as others see it', '李想'),
    email: optional(email(), 'e-mail address, unique', 'li.xiang@example.com'),
    locale: optional(locale(), 'BCP 47 tag; zh-CN unless given', 'zh-CN'),
    country: optional(country(), 'ISO 3166-1 code', 'CN'),
    birth_year: optional(wholeNumber(1900, 2100), 'year of birth', '1996'),
    occupation: optional(text(80), 'what the learner does', 'nurse'),
    interests: optional(list(), 'separated by |', 'data|travel'),
    goals: optional(list(), 'separated by |', 'speak English at work'),
  },
  staging: {
    id: 'uuid',
    external_ref: 'text',
    display_name: 'text',
    email: 'text',
    locale: 'text',
    country: 'text',
    birth_year: 'smallint',
    occupation: 'text',
    interests: 'text[]',
    goals: 'text[]',
  },
  tables: ['users'],
  stage: (row) => ({
    id: idFromName('imported user', row.external_ref),
    external_ref: row.external_ref,
    display_name: row.display_name,
    email: row.email ?? null,
    locale: row.locale ?? 'zh-CN',
    country: row.country ?? null,
    birth_year: row.birth_year ?? null,
    occupation: row.occupation ?? null,
    interests: row.interests ?? [],
    goals: row.goals ?? [],
  }),
  async merge(context) {
    await context.refuse(`
      select line, 'email' as column_name, 'belongs to another account' as reason
      from ${STAGED} join users on users.email = ${STAGED}.email
      where users.external_ref is distinct from ${STAGED}.external_ref`);
    await refuseRepeated(context, 'external_ref');
    await refuseRepeated(context, 'email');
    const profile = Object.fromEntries(PROFILE.map((name) => [name, name]));
    await upsert(
      context,
      {
        into: 'users',
        key: 'external_ref',
        values: {
          ...profile,
          id: 'id',
          external_ref: 'external_ref',
          email: 'email',
          roles: "'{LEARNER}'",
          created_at: '$1::timestamptz',
        },
        update: { ...asInFile(PROFILE), email: 'coalesce(users.email, excluded.email)' },
        from: STAGED,
      },
      [context.now],
    );
    return countMerged(context);
  },
});
