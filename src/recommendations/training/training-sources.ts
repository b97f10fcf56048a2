/**
 * What a training reads beside interactions: statements that send a JSON array a line, which is parsed in another thread,
 * since parsing it here would hold up everything else.
 */

/** No value of JSON holds these: so no line is quoted, and each stands as PostgreSQL wrote it. */
export const LINES = `to stdout (format csv, quote E'\\x01', delimiter E'\\x02', encoding 'utf8')`;

/** Longer descriptions are read to here: what comes after says little new, and a catalogue has to fit into memory. */
const DESCRIPTION_CHARACTERS = 4_000;

/** id, whether it is on the shelf, title, description, authors, keywords, name of the partner */
export type TextRow = readonly [string, boolean, string, string, readonly string[], readonly string[], string];

/** A `TextRow`, of `contents` and their `partners`. */
export const TEXT_ROW = `json_build_array(contents.id, contents.state = 'PUBLISHED', contents.title,
  left(contents.description, ${DESCRIPTION_CHARACTERS}), contents.authors, contents.keywords, partners.name)`;

/** What is told of every content that is on the shelf, or was. */
export const COPY_TEXTS = `copy (
  select ${TEXT_ROW}
  from contents join partners on partners.id = contents.partner_id
  where contents.state in ('PUBLISHED', 'WITHDRAWN')) ${LINES}`;

/** id, occupation */
export type OccupationRow = readonly [string, string];

/** What people do who said so. */
export const COPY_OCCUPATIONS = `copy (
  select json_build_array(id, occupation) from users where btrim(occupation) <> '') ${LINES}`;
