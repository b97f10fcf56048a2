import { INTERACTION_KINDS, type InteractionKind } from '../../interactions/index.ts';
import { idFromNameSql } from '../id-from-name.sql.ts';
import { optional, RefusedCellError, required } from './columns.ts';
import { choice, decimal, instant, reference, text } from './fields.ts';
import { defineImporter, STAGED } from './importer.ts';
import { refuseOutOfTime } from './merge.sql.ts';
import { idsOf, resolve } from './references.ts';

/** What the number of an interaction means, for the kinds that have one. */
const VALUE_BOUNDS: Readonly<Partial<Record<InteractionKind, { min: number; max: number }>>> = {
  PROGRESS: { min: 0, max: 1 },
  RATE: { min: 1, max: 5 },
};

/** Told by its own name, an event is the same one that the API may have been told; else by what happened when. */
const EVENT_NAME = `coalesce(event_id, concat_ws(':', kind, ${idsOf('content')}.id, extract(epoch from occurred_at)))`;

/** What learners did with contents. */
export const interactionsImporter = defineImporter({
  kind: 'interactions',
  summary: 'what learners did with contents',
  notes:
    'An event is known by learner and event_id, or, without one, by learner, content, kind and instant: told again, in ' +
    'this file or another, it counts as unchanged. A PURCHASE that has an order belongs into `import orders`.',
  columns: {
    user: required(reference(), 'external_ref, id or e-mail address of the learner', 'crm:1041'),
    content: required(reference(), 'external_ref or id of the content', 'cms:py-101'),
    kind: required(choice(INTERACTION_KINDS), INTERACTION_KINDS.join(', '), 'PROGRESS'),
    value: optional(decimal(), 'PROGRESS: 0 to 1; RATE: 1 to 5; else absent', '0.75'),
    occurred_at: required(instant(), 'ISO 8601 with offset', '2026-03-01T09:30:00+08:00'),
    event_id: optional(text(128), 'name of the event in your system, unique for the learner', 'evt-77120'),
  },
  staging: {
    user: 'text',
    content: 'text',
    kind: 'text',
    value: 'double precision',
    occurred_at: 'timestamptz',
    event_id: 'text',
  },
  tables: ['interactions'],
  stage: (row) => ({ ...row, value: checkedValue(row.kind, row.value ?? null), event_id: row.event_id ?? null }),
  async merge(context) {
    await resolve(context, { column: 'user', table: 'users', by: ['external_ref', 'email'], what: 'learner' });
    await resolve(context, { column: 'content', table: 'contents', by: ['external_ref'], what: 'content' });
    await refuseOutOfTime(context, 'occurred_at');
    const inserted = await context.session.execute(
      `insert into interactions (id, user_id, content_id, kind, value, occurred_at, received_at)
       select ${idFromNameSql("'interaction'", `concat(${idsOf('user')}.id, ':', ${EVENT_NAME})`)},
         ${idsOf('user')}.id, ${idsOf('content')}.id, kind, value, occurred_at, $1
       from ${STAGED}
       join ${idsOf('user')} on ${idsOf('user')}.ref = ${STAGED}."user"
       join ${idsOf('content')} on ${idsOf('content')}.ref = ${STAGED}.content
       order by line
       on conflict (id) do nothing`,
      [context.now],
    );
    return { inserted, updated: 0 };
  },
});

/** @throws RefusedCellError when the kind and the number do not go together */
function checkedValue(kind: InteractionKind, value: number | null): number | null {
  const bounds = VALUE_BOUNDS[kind];
  if (!bounds && value !== null) throw new RefusedCellError('value', `must be absent for ${kind}`);
  if (bounds && (value === null || value < bounds.min || value > bounds.max)) {
    throw new RefusedCellError('value', `must be from ${bounds.min} to ${bounds.max} for ${kind}`);
  }
  return value;
}
