import { describe, expect, it } from 'vitest';
import { ImportFileError } from '../../../src/imports/index.ts';
import { system } from '../../../src/shared/actor.ts';
import { type ImportFiles, importFiles } from '../../support/import-files.ts';
import { countRows, select } from '../../support/imports.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

const TABLES = [
  'domains',
  'partners',
  'partner_steps',
  'contents',
  'content_steps',
  'licences',
  'users',
  'interactions',
];

function course(number: number, change: Record<string, unknown> = {}): string {
  const school = { school_ids: ['S_1'], schools: ['清华大学'] };
  const facts = { name: `课程${number}`, about: '“图”与树。', fields: [], teachers: ['王老师'], key_concepts: ['图'] };
  return JSON.stringify({ original_id: `C_${number}`, mapped_id: number, ...facts, ...school, ...change });
}

const COURSES = [
  course(0, { fields: ['数学'] }),
  course(1, { name: 'Conversational English', about: 'Talk to friends.', fields: ['外国语言文学'] }),
  course(2, { school_ids: ['S_2', 'S_1'], schools: ['暨南大学', '清华大学'] }),
  course(3, { school_ids: [], schools: [] }),
];

async function write(files: ImportFiles, content: { courses?: string[]; train?: string; test?: string } = {}) {
  await files.write('course_profiles.jsonl.gz', `${(content.courses ?? COURSES).join('\n')}\n`);
  await files.write('train.txt.gz', content.train ?? '7 2 0 1\n8 0\n');
  await files.write('test.txt', content.test ?? '7 3\n9\n');
}

const run = (app: TestApp, files: ImportFiles) =>
  app.services.imports.importMooccubex(system('import'), { folder: files.folder });

const NOTHING = { inserted: 0, updated: 0, refused: 0 };

describe('importing MOOCCubeX', () => {
  it('makes partners of schools, contents of courses, users of learners and purchases of enrolments', async () => {
    await using app = await startTestApp();
    await using files = await importFiles();
    await write(files);
    const { counts } = await run(app, files);
    expect(counts).toEqual({
      partners: { read: 3, inserted: 3, updated: 0, unchanged: 0, refused: 0 },
      contents: { read: 4, inserted: 4, updated: 0, unchanged: 0, refused: 0 },
      users: { read: 3, inserted: 3, updated: 0, unchanged: 0, refused: 0 },
      interactions: { read: 5, inserted: 5, updated: 0, unchanged: 0, refused: 0 },
    });
    expect(
      await select(
        app,
        `select contents.external_ref, contents.domain_code, language, partners.external_ref as partner, contents.state,
           partners.state as partner_state, price_minor, authors, keywords, territory
         from contents join partners on partner_id = partners.id join licences on content_id = contents.id order by 1`,
      ),
    ).toEqual([
      expect.objectContaining({
        external_ref: 'mooccubex:C_0',
        domain_code: 'science',
        language: 'zh-CN',
        partner: 'mooccubex:S_1',
        state: 'PUBLISHED',
        partner_state: 'ACTIVE',
        price_minor: 0n,
        authors: ['王老师'],
        keywords: ['图'],
        territory: ['*'],
      }),
      expect.objectContaining({ domain_code: 'language', language: 'en', partner: 'mooccubex:S_1' }),
      expect.objectContaining({ domain_code: 'general', partner: 'mooccubex:S_2' }),
      expect.objectContaining({ domain_code: 'general', partner: 'mooccubex:none' }),
    ]);
    expect(await select(app, 'select external_ref, email from users order by 1')).toEqual([
      { external_ref: 'mooccubex:7', email: null },
      { external_ref: 'mooccubex:8', email: null },
      { external_ref: 'mooccubex:9', email: null },
    ]);
    expect(await countRows(app, 'partner_steps', 'content_steps')).toEqual({ partner_steps: 3, content_steps: 4 });
  });

  it('spreads the courses of a learner over a year that ends now, in the order of the files', async () => {
    await using app = await startTestApp({ now: new Date('2026-11-01T00:00:00Z') });
    await using files = await importFiles();
    await write(files, { train: '7 2 0 1\n8 0\n7 2\n', test: '7 3\n' });
    await run(app, files);
    const rows = await select(
      app,
      `select users.external_ref as learner, contents.external_ref as course, interactions.kind, occurred_at
       from interactions join users on users.id = user_id join contents on contents.id = content_id
       order by 1, occurred_at`,
    );
    const enrolment = (learner: number, number: number, at: string) => ({
      learner: `mooccubex:${learner}`,
      course: `mooccubex:C_${number}`,
      kind: 'PURCHASE',
      occurred_at: new Date(at),
    });
    expect(rows).toEqual([
      enrolment(7, 2, '2026-01-31T06:00:00Z'),
      enrolment(7, 0, '2026-05-02T12:00:00Z'),
      enrolment(7, 1, '2026-08-01T18:00:00Z'),
      enrolment(7, 3, '2026-11-01T00:00:00Z'),
      enrolment(8, 0, '2026-11-01T00:00:00Z'),
    ]);
  });

  it('changes nothing the second time, however late, and adds what is new the third', async () => {
    await using app = await startTestApp();
    await using files = await importFiles();
    await write(files);
    await run(app, files);
    const counts = await countRows(app, ...TABLES);
    const digest = `select md5(string_agg(rows, '')) from (${TABLES.map((t) => `select ${t}::text as rows from ${t}`).join(' union all ')} order by 1) all_rows`;
    const before = await select(app, digest);
    app.clock.advance(86_400_000);
    expect((await run(app, files)).counts).toEqual({
      partners: { read: 3, ...NOTHING, unchanged: 3 },
      contents: { read: 4, ...NOTHING, unchanged: 4 },
      users: { read: 3, ...NOTHING, unchanged: 3 },
      interactions: { read: 5, ...NOTHING, unchanged: 5 },
    });
    expect(await countRows(app, ...TABLES)).toEqual(counts);
    expect(await select(app, digest)).toEqual(before);
    const renamed = course(0, { name: '新课程', fields: ['数学'] });
    await write(files, { courses: [renamed, ...COURSES.slice(1)], test: '7 3\n9 1\n' });
    expect((await run(app, files)).counts).toMatchObject({
      contents: { inserted: 0, updated: 1, unchanged: 3 },
      interactions: { read: 6, inserted: 1, unchanged: 5 },
    });
  });

  it('reports malformed lines by number and takes the rest', async () => {
    await using app = await startTestApp();
    await using files = await importFiles();
    await write(files, {
      courses: [...COURSES.slice(0, 2), '{"original_id": "C_9"', course(4, { name: '' }), course(5, { mapped_id: 1 })],
      train: '7 0 1\n8 x 1\n\n9 1 77\r\n',
      test: '7 1\nlearner 8\n',
    });
    const { counts, errorFiles } = await run(app, files);
    expect(counts.contents).toEqual({ read: 5, inserted: 2, updated: 0, unchanged: 0, refused: 3 });
    expect(counts.interactions).toEqual({ read: 7, inserted: 3, updated: 0, unchanged: 1, refused: 3 });
    expect(errorFiles.map(({ path }) => path.slice(files.folder.length + 1))).toEqual([
      'course_profiles.jsonl.gz.errors.csv',
      'train.txt.gz.errors.csv',
      'test.txt.errors.csv',
    ]);
    const lines = errorFiles.map(({ first }) => first.map(({ line, column, reason }) => [line, column, reason]));
    expect(lines).toEqual([
      [
        [3, null, 'is not JSON'],
        [4, 'name', 'is empty'],
        [5, 'mapped_id', 'is the same as on line 2'],
      ],
      [
        [2, null, 'has "x" where a whole number must be'],
        [4, 'item', 'names no course of course_profiles'],
      ],
      [[2, null, 'has "learner" where a whole number must be']],
    ]);
  });

  it('is refused as a whole when a file is missing', async () => {
    await using app = await startTestApp();
    await using files = await importFiles();
    await files.write('course_profiles.jsonl.gz', COURSES.join('\n'));
    await files.write('train.txt.gz', '7 1\n');
    await expect(run(app, files)).rejects.toThrow(ImportFileError);
    await expect(run(app, files)).rejects.toThrow('test.txt does not exist, with or without .gz.');
    expect(await countRows(app, ...TABLES)).toEqual(Object.fromEntries(TABLES.map((table) => [table, 0])));
  });
});
