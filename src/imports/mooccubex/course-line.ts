import { z } from 'zod';
import type { CopyValue } from '../../platform/copy-text.ts';
import { RefusedCellError } from '../kinds/columns.ts';
import { longText, reference, text } from '../kinds/fields.ts';
import { domainOf } from './course-domains.ts';

const MAX_ITEM_CHARS = 100;
const names = z.array(z.string(), 'must be a list of texts');

/** A line of `course_profiles.jsonl`. Its other fields are of no use here. */
const courseLine = z
  .object({
    original_id: reference(),
    mapped_id: z.int('must be a whole number').min(0, 'must not be negative'),
    name: text(300),
    about: longText(20_000),
    fields: names,
    school_ids: z.array(reference(), 'must be a list of texts'),
    schools: z.array(text(120), 'must be a list of texts'),
    teachers: names,
    key_concepts: names,
  })
  .refine((course) => course.schools.length === course.school_ids.length, {
    path: ['schools'],
    message: 'must have one name for each of school_ids',
  });

/** Staging table of courses, without `line` and `raw`. */
export const COURSE_STAGING = {
  number: 'integer',
  ref: 'text',
  title: 'text',
  description: 'text',
  language: 'text',
  authors: 'text[]',
  keywords: 'text[]',
  domain_code: 'text',
  school_refs: 'text[]',
  school_names: 'text[]',
} as const;

/**
 * Values for the staging table.
 *
 * @throws RefusedCellError naming the first field that cannot be read
 */
export function readCourse(cells: Readonly<Record<string, unknown>>): readonly CopyValue[] {
  const result = courseLine.safeParse(cells);
  if (!result.success) {
    const [issue] = result.error.issues;
    const [field] = issue?.path ?? [];
    throw new RefusedCellError(field === undefined ? null : String(field), issue?.message ?? 'cannot be read');
  }
  const course = result.data;
  return [
    course.mapped_id,
    course.original_id,
    course.name,
    course.about,
    languageOf(`${course.name} ${course.about}`),
    tidy(course.teachers),
    tidy(course.key_concepts),
    domainOf(course.fields).code,
    course.school_ids,
    course.schools,
  ];
}

/** A Chinese character says about as much as a word, so a tenth of them among the letters makes a text Chinese. */
export function languageOf(sample: string): 'zh-CN' | 'en' {
  const letters = sample.match(/\p{L}/gu)?.length ?? 0;
  const han = sample.match(/\p{Script=Han}/gu)?.length ?? 0;
  return han * 10 >= letters && han > 0 ? 'zh-CN' : 'en';
}

function tidy(items: readonly string[]): string[] {
  const trimmed = items.map((item) =>
    item
      .replace(/\p{Cc}/gu, ' ')
      .trim()
      .slice(0, MAX_ITEM_CHARS)
      .toWellFormed(),
  );
  return [...new Set(trimmed.filter((item) => item !== ''))];
}
