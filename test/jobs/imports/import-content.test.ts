import { describe, expect, it } from 'vitest';
import { importFiles } from '../../support/import-files.ts';
import { countRows, csv, importText, select } from '../../support/imports.ts';
import { aDomain, aPartner } from '../../support/partners.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

const HEADER = [
  'external_ref',
  'partner',
  'title',
  'kind',
  'module',
  'domain',
  'language',
  'price',
  'currency',
  'state',
  'licence_territory',
  'licence_from',
];

function line(partner: string, change: Partial<Record<(typeof HEADER)[number], string>> = {}): string[] {
  const cells: Record<string, string> = {
    external_ref: 'c:1',
    partner,
    title: 'Python 入门',
    kind: 'COURSE',
    module: 'COURSE',
    domain: 'technology',
    language: 'zh-CN',
    price: '199.00',
    currency: 'CNY',
    state: 'PUBLISHED',
    licence_territory: 'CN|SG',
    licence_from: '2026-01-01T00:00:00+08:00',
    ...change,
  };
  return HEADER.map((name) => cells[name] ?? '');
}

async function aPartnerNamed(app: TestApp, externalRef: string): Promise<string> {
  const { id } = await aPartner(app);
  await select(app, 'update partners set external_ref = $1 where id = $2', [externalRef, id]);
  return id;
}

describe('importing content', () => {
  it('asks for the age that the file says, and without one for that which the kind calls for', async () => {
    await using app = await startTestApp();
    await using files = await importFiles();
    await aPartnerNamed(app, 'press:1');
    const header = [...HEADER, 'min_age'];
    const row = (external_ref: string, kind: string, minAge: string) => [
      ...line('press:1', { external_ref, kind }),
      minAge,
    ];
    const rows = [row('c:1', 'COURSE', ''), row('c:2', 'FINANCIAL_PRODUCT', ''), row('c:3', 'FINANCIAL_PRODUCT', '0')];
    const file = (...lines: string[][]) =>
      ({ kind: 'content', name: 'c.csv', content: csv(header, ...lines) }) as const;
    const { counts } = await importText(
      app,
      files,
      file(...rows, row('c:4', 'VIDEO', '16'), row('c:5', 'VIDEO', '22')),
    );
    expect(counts.content).toMatchObject({ inserted: 4, refused: 1 });
    const ages = 'select external_ref, min_age from contents order by external_ref';
    const imported = [
      { external_ref: 'c:1', min_age: 0 },
      { external_ref: 'c:2', min_age: 18 },
      { external_ref: 'c:3', min_age: 0 },
      { external_ref: 'c:4', min_age: 16 },
    ];
    expect(await select(app, ages)).toEqual(imported);
    await importText(app, files, file(row('c:1', 'COURSE', '12')));
    expect(await select(app, ages)).toEqual([{ external_ref: 'c:1', min_age: 12 }, ...imported.slice(1)]);
  });

  it('puts contents with a licence and a first step of their lifecycle under partners named by ref or id', async () => {
    await using app = await startTestApp();
    await using files = await importFiles();
    const partnerId = await aPartnerNamed(app, 'press:1');
    const draft = { external_ref: 'c:2', state: '', licence_territory: '', licence_from: '', price: '0' };
    const content = csv(HEADER, line('press:1'), line(partnerId, draft));
    const { counts } = await importText(app, files, { kind: 'content', name: 'c.csv', content });
    expect(counts.content).toEqual({ read: 2, inserted: 2, updated: 0, unchanged: 0, refused: 0 });
    const now = app.clock.now();
    expect(
      await select(
        app,
        `select contents.external_ref, partner_id, state, price_minor, level, published_at, territory, valid_from, to_state,
           content_steps.by
         from contents left join licences on licences.content_id = contents.id
         join content_steps on content_steps.content_id = contents.id order by 1`,
      ),
    ).toEqual([
      {
        external_ref: 'c:1',
        partner_id: partnerId,
        state: 'PUBLISHED',
        price_minor: 19_900n,
        level: 'BEGINNER',
        published_at: now,
        territory: ['CN', 'SG'],
        valid_from: new Date('2025-12-31T16:00:00Z'),
        to_state: 'PUBLISHED',
        by: 'system:import',
      },
      {
        external_ref: 'c:2',
        partner_id: partnerId,
        state: 'DRAFT',
        price_minor: 0n,
        level: 'BEGINNER',
        published_at: null,
        territory: null,
        valid_from: null,
        to_state: 'DRAFT',
        by: 'system:import',
      },
    ]);
  });

  it('changes nothing the second time; later follows price and licence, and leaves the state alone', async () => {
    await using app = await startTestApp();
    await using files = await importFiles();
    await aPartnerNamed(app, 'press:1');
    const run = async (...lines: string[][]) => {
      const content = csv(HEADER, ...lines);
      return (await importText(app, files, { kind: 'content', name: 'c.csv', content })).counts.content;
    };
    const both = [line('press:1'), line('press:1', { external_ref: 'c:2' })] as const;
    await run(...both);
    app.clock.advance(1_000);
    expect(await run(...both)).toEqual({ read: 2, inserted: 0, updated: 0, unchanged: 2, refused: 0 });
    await select(app, "update contents set state = 'WITHDRAWN'");
    const dearer = line('press:1', { price: '200' });
    const licensedElsewhere = line('press:1', { external_ref: 'c:2', licence_territory: '*' });
    expect(await run(dearer, licensedElsewhere)).toMatchObject({ inserted: 0, updated: 2, unchanged: 0 });
    const rows =
      'select price_minor, state, territory from contents join licences on content_id = contents.id order by 1';
    expect(await select(app, rows)).toEqual([
      { price_minor: 19_900n, state: 'WITHDRAWN', territory: ['*'] },
      { price_minor: 20_000n, state: 'WITHDRAWN', territory: ['CN', 'SG'] },
    ]);
    expect(await countRows(app, 'contents', 'licences', 'content_steps')).toEqual({
      contents: 2,
      licences: 2,
      content_steps: 2,
    });
  });

  it('refuses unknown partners and domains by line, and takes the rest', async () => {
    await using app = await startTestApp();
    await using files = await importFiles();
    await aDomain(app);
    await aPartnerNamed(app, 'press:1');
    const content = csv(
      HEADER,
      line('press:9'),
      line('press:1', { domain: 'astrology' }),
      line('press:1', { external_ref: 'c:3' }),
      line('press:1', { external_ref: 'c:3', title: 'Again' }),
    );
    const report = await importText(app, files, { kind: 'content', name: 'c.csv', content });
    expect(report.counts.content).toMatchObject({ inserted: 1, refused: 3 });
    expect(report.errorFiles[0]?.first.map(({ line: at, column, reason }) => [at, column, reason])).toEqual([
      [2, 'partner', 'names no partner that there is'],
      [3, 'domain', 'names no domain that there is'],
      [5, 'external_ref', 'is the same as on line 4'],
    ]);
  });

  it('refuses an exclusive licence beside another exclusive one, and not its own next version', async () => {
    await using app = await startTestApp();
    await using files = await importFiles();
    await aPartnerNamed(app, 'press:1');
    const run = async (...lines: string[][]) => {
      const content = csv([...HEADER, 'licence_exclusive'], ...lines.map((cells) => [...cells, 'YES']));
      return importText(app, files, { kind: 'content', name: 'c.csv', content });
    };
    expect((await run(line('press:1'))).counts.content).toMatchObject({ inserted: 1, refused: 0 });
    const wider = line('press:1', { licence_territory: '*' });
    expect((await run(wider)).counts.content).toMatchObject({ updated: 1, refused: 0 });
    await select(
      app,
      `insert into licences (id, content_id, territory, exclusive, valid_from, valid_until)
       select gen_random_uuid(), id, '{DE}', true, '2020-01-01', '2025-12-31' from contents`,
    );
    const overlapping = await run(line('press:1', { licence_from: '2025-01-01T00:00:00Z', licence_territory: 'DE' }));
    expect(overlapping.counts.content).toMatchObject({ updated: 0, refused: 1 });
    expect(overlapping.errorFiles[0]?.first[0]).toMatchObject({ line: 2, column: 'licence_exclusive' });
    expect(await select(app, 'select territory from licences order by valid_from')).toEqual([
      { territory: ['DE'] },
      { territory: ['*'] },
    ]);
  });
});
