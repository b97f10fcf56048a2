import { describe, expect, it } from 'vitest';
import { importers } from '../../../src/imports/index.ts';
import type { Importer } from '../../../src/imports/kinds/importer.ts';

const NOW = new Date('2026-11-01T08:00:00Z');

/** The example of the help text, with some cells changed; `undefined` leaves a cell out. */
function exampleOf(importer: Importer, change: Record<string, unknown> = {}): Record<string, unknown> {
  const cells = Object.entries(importer.columns).map(([name, { example }]) => [name, example]);
  return Object.fromEntries(
    Object.entries({ ...Object.fromEntries(cells), ...change }).filter(([, v]) => v !== undefined),
  );
}

function importerOf(kind: string): Importer {
  const importer = importers.find((known) => known.kind === kind);
  if (!importer) throw new Error(`no importer ${kind}`);
  return importer;
}

function refusalOf(kind: string, change: Record<string, unknown>): string {
  const importer = importerOf(kind);
  try {
    importer.read(exampleOf(importer, change), NOW);
    return 'accepted';
  } catch (error) {
    const { column, message } = error as { column?: string; message: string };
    return `${column ?? 'record'} ${message}`;
  }
}

describe.each(importers)('the importer of $kind', (importer) => {
  it('accepts the example of its own help text, and gives a value for each column of its staging table', () => {
    expect(importer.read(exampleOf(importer), NOW)).toHaveLength(Object.keys(importer.staging).length);
  });

  it('refuses a record without a required cell, naming the column', () => {
    for (const [name, { required }] of Object.entries(importer.columns)) {
      if (required) expect(refusalOf(importer.kind, { [name]: undefined })).toBe(`${name} is missing`);
    }
  });

  it('refuses an unknown column', () => {
    expect(refusalOf(importer.kind, { nmae: 'x' })).toBe('record has unknown columns: "nmae"');
  });

  it('reads the same from lists and texts of JSON as from CSV', () => {
    const lists = Object.entries(importer.columns)
      .map(([name, { field, example }]) => [name, field.safeParse(example).data] as const)
      .filter(([, value]) => Array.isArray(value));
    const asJson = exampleOf(importer, Object.fromEntries(lists));
    expect(importer.read(asJson, NOW)).toEqual(importer.read(exampleOf(importer), NOW));
  });
});

describe('cells', () => {
  it.each([
    ['users', { email: 'no address' }, 'email must be an e-mail address'],
    ['users', { display_name: 'x'.repeat(81) }, 'display_name has more than 80 characters'],
    ['users', { display_name: 'a\u0000b' }, 'display_name holds control characters'],
    ['users', { display_name: '\ud800' }, 'display_name holds control characters'],
    ['users', { birth_year: '19x6' }, 'birth_year must be a whole number from 1900 to 2100'],
    ['users', { locale: 'not a locale' }, 'locale must be a BCP 47 tag such as zh-CN'],
    ['users', { interests: Array.from({ length: 51 }, (_, n) => `${n}`) }, 'interests has more than 50 items'],
    ['content', { kind: 'MOVIE' }, /^kind must be one of COURSE, BOOK/],
    ['content', { price: 199 }, 'price must be text such as "12.50", not a number'],
    ['content', { price: '1.999' }, 'price has more decimals than CNY'],
    ['content', { price: '-1' }, 'price must be an amount such as 12.50'],
    ['content', { price: '10.5', currency: 'JPY' }, 'price has more decimals than JPY'],
    ['content', { currency: 'XQX' }, 'currency is not a currency of ISO 4217 that people pay in'],
    ['content', { currency: 'XXX' }, 'currency is not a currency of ISO 4217 that people pay in'],
    ['content', { licence_territory: 'CN|china' }, 'licence_territory must be * or country codes such as CN|SG'],
    [
      'content',
      { licence_from: undefined, licence_until: undefined },
      'licence_territory and licence_from go together',
    ],
    ['content', { licence_until: '2020-01-01T00:00:00Z' }, 'licence_until must be after licence_from'],
    [
      'content',
      { licence_territory: undefined, licence_from: undefined, licence_until: undefined },
      'state is PUBLISHED without a licence',
    ],
    ['interactions', { occurred_at: '2026-03-01 09:30' }, /^occurred_at must be an instant such as/],
    ['interactions', { value: '1.5' }, 'value must be from 0 to 1 for PROGRESS'],
    ['interactions', { value: undefined }, 'value must be from 0 to 1 for PROGRESS'],
    ['interactions', { kind: 'LIKE' }, 'value must be absent for LIKE'],
    ['interactions', { kind: 'LIKE', value: undefined }, 'accepted'],
    ['touchpoints', { user: undefined, visitor_id: undefined }, 'user and visitor_id are both missing'],
    ['touchpoints', { event_id: '访问' }, 'event_id must have from 1 to 128 visible ASCII characters'],
    ['orders', { total: '0' }, 'total must be more than 0'],
    ['orders', { fee: '200' }, 'fee is more than the total'],
  ])('of %s: %j', (kind, change, reason) => {
    expect(refusalOf(kind, change)).toEqual(typeof reason === 'string' ? reason : expect.stringMatching(reason));
  });
});
