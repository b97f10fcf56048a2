import { z } from 'zod';
import type { ContentText } from '../content-model/index.ts';
import { readLines } from './dataset-text.ts';
import { DatasetError } from './evaluation.errors.ts';

const id = z.union([z.string().min(1), z.int()]).transform(String);
const words = z.union([z.string().transform((text) => (text === '' ? [] : [text])), z.array(z.string())]).default([]);
const text = z.string().default('');

/** One item's line. Each thing may go by the name it has here or by the one that course catalogues use. */
const profile = z
  .object({
    id: id.optional(),
    mapped_id: id.optional(),
    title: text,
    name: text,
    description: text,
    about: text,
    prerequisites: text,
    authors: words,
    teachers: words,
    keywords: words,
    fields: words,
    key_concepts: words,
    partners: words,
    schools: words,
  })
  .refine((line) => line.id !== undefined || line.mapped_id !== undefined, 'there is no "id" or "mapped_id"');

/**
 * Reads what is told of items: a JSON object a line, plain or compressed by gzip. The id is `id` or `mapped_id`; texts are
 * `title` or `name`, `description`, `about` and `prerequisites`, `authors` or `teachers`, `keywords`, `fields` and
 * `key_concepts`, `partners` or `schools`; what else there is is not used.
 *
 * @throws DatasetError when the file cannot be read, or has a line that is not of this form or an id given twice.
 */
export async function readItemProfiles(path: string): Promise<Map<string, ContentText>> {
  const texts = new Map<string, ContentText>();
  (await readLines(path)).forEach((written, position) => {
    if (written.trim() === '') return;
    const line = position + 1;
    const { key, content } = parseProfile(written, { path, line });
    if (texts.has(key)) throw new DatasetError(path, { line, reason: `item ${key} was given before.` });
    texts.set(key, content);
  });
  return texts;
}

function parseProfile(written: string, at: { path: string; line: number }): { key: string; content: ContentText } {
  const result = profile.safeParse(parseJson(written, at));
  if (!result.success) {
    const [issue] = result.error.issues;
    const reason = `${issue?.path.join('.') || 'the line'}: ${issue?.message}`;
    throw new DatasetError(at.path, { line: at.line, reason });
  }
  const { data } = result;
  return {
    key: data.id ?? data.mapped_id ?? '',
    content: {
      title: data.title || data.name,
      description: [data.description, data.about, data.prerequisites].filter((part) => part !== '').join('\n'),
      authors: [...data.authors, ...data.teachers],
      keywords: [...data.keywords, ...data.fields, ...data.key_concepts],
      partners: [...data.partners, ...data.schools],
    },
  };
}

function parseJson(written: string, at: { path: string; line: number }): unknown {
  try {
    return JSON.parse(written);
  } catch {
    throw new DatasetError(at.path, { line: at.line, reason: 'the line is no JSON object.' });
  }
}
