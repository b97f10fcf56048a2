import { z } from 'zod';
import { LINE_KINDS } from './settlement-line.ts';

const kind = z.enum(LINE_KINDS);
const kinds = z.array(kind).min(1);
const words = z.array(z.string().min(1)).min(1);
/** Keys of `columns`; the first one that is not empty in a line counts. */
const fields = z.array(z.string().min(1)).min(1);

/** One column. A header is known by its name alone: width, case and spaces aside. */
const column = z.strictObject({
  /** What the header may call it. Where a file has several of them, the first one that is not empty counts. */
  names: words,
  required: z.boolean().default(false),
  /** Texts that mean an empty cell, such as "0" for no refund. */
  blank: z.array(z.string()).default([]),
  /** Decimals beyond the currency's are an error unless zero, or rounded here; what that adds up to is shown. */
  rounds: z.literal('HALF_UP').optional(),
  /** Whether lines show the cell among the rest as well. */
  kept: z.boolean().default(false),
});

/** A signed column within a sum. `BY_DIRECTION` takes the sign from the direction column. */
const term = z.strictObject({
  field: z.string(),
  sign: z.enum(['PLUS', 'MINUS', 'PLUS_ABSOLUTE', 'MINUS_ABSOLUTE', 'BY_DIRECTION']),
});

/**
 * How the amounts of a line are made. A sum that is left out follows from the others by gross - fee = net; one whose
 * cells are all empty is left out. The first set counts whose kinds hold the line's and whose `when`, read without regard to currencies, comes to zero.
 */
const amounts = z.strictObject({
  kinds: kinds.optional(),
  when: z.array(term).min(1).optional(),
  gross: z.array(term).min(1).optional(),
  fee: z.array(term).min(1).optional(),
  net: z.array(term).min(1).optional(),
});

const references = z.strictObject({
  kinds: kinds.optional(),
  provider: fields.optional(),
  merchant: fields.optional(),
  original: fields.optional(),
  originalMerchant: fields.optional(),
  line: fields.optional(),
  also: fields.optional(),
});

/** What a total of a trailer must be: a count or a sum of a column, over the lines of some kinds or direction. */
const expectation = z.strictObject({
  of: z.union([z.literal('COUNT'), z.strictObject({ field: z.string() })]),
  kinds: kinds.optional(),
  direction: z.enum(['PLUS', 'MINUS']).optional(),
  /** Only lines on which this field is not zero. */
  nonZero: z.string().optional(),
});

/** Providers do not agree with their own documents on what is in a total: any one of the expectations will do. */
const expectations = z.array(expectation).min(1);

const trailer = z.discriminatedUnion('form', [
  /** A row of names, then a row of values. The first name tells the row of names. */
  z.strictObject({
    form: z.literal('TABLE'),
    starts: words,
    totals: z.array(z.strictObject({ names: words, expected: expectations })).min(1),
  }),
  /** Comments that a pattern finds; its groups in their order are the totals. */
  z.strictObject({
    form: z.literal('COMMENTS'),
    totals: z
      .array(
        z.strictObject({
          pattern: z.string(),
          groups: z.array(z.strictObject({ name: z.string(), expected: expectations })),
        }),
      )
      .min(1),
  }),
]);

const layoutShape = z.strictObject({
  name: z.string(),
  columns: z.record(z.string(), column),
  type: z.strictObject({ fields, kinds: z.record(z.string(), kind), otherwise: kind }),
  currency: z.union([z.strictObject({ field: z.string() }), z.strictObject({ fixed: z.string() })]),
  settlementCurrency: z.string().optional(),
  /** Multiplies gross to the settlement currency; only checked. */
  exchangeRate: z.string().optional(),
  direction: z.strictObject({ field: z.string(), plus: words, minus: words }).optional(),
  amounts: z.array(amounts).min(1),
  /** Kinds whose amounts the provider may write with either sign and which always leave the balance. */
  alwaysNegative: z.array(kind).default([]),
  references: z.array(references).min(1),
  occurredAt: z.strictObject({
    fields,
    formats: words,
    /** An IANA name, and a column of names or abbreviations that goes before it. */
    zone: z.string(),
    zoneField: z.string().optional(),
  }),
  /** The payout or batch that settles a line; its numbers may count anew within each text of `within`. */
  batch: z.strictObject({ fields, within: z.string().optional() }).optional(),
  /** What makes two lines the same: the first list whose fields are all there and not all empty; `ROW` is the text. */
  identity: z.array(z.union([z.literal('ROW'), fields])),
  trailer: trailer.optional(),
  /**
   * How payouts are tied to their lines. `LINES_OF_BATCH`: net of the other lines of the batch equals the payout, of
   * either sign. `ZERO_SUM`: all lines of a batch, its payout among them, come to zero.
   */
  payouts: z.enum(['LINES_OF_BATCH', 'ZERO_SUM']).optional(),
  /** Column with the balance after the line: each is the one before and the line's net amount. */
  balance: z.string().optional(),
});

type LayoutShape = z.output<typeof layoutShape>;

/** Every field that a layout speaks of is one of its columns: a slip of the pen would read as an empty cell for ever. */
const layout = layoutShape.superRefine((shape, context) => {
  for (const field of fieldsOf(shape)) {
    if (!(field in shape.columns)) {
      context.addIssue({ code: 'custom', message: `"${field}" is no column of the layout "${shape.name}"` });
    }
  }
});

/** Fields of which a line's amounts, time and names are made; what it is about in the provider's words is none of them. */
export function essentialFields(shape: LayoutShape): string[] {
  return [...fieldsOf(shape)].filter((field) => !shape.type.fields.includes(field));
}

function fieldsOf(shape: LayoutShape): Set<string> {
  const { currency, settlementCurrency, exchangeRate, direction, occurredAt, batch, balance } = shape;
  const terms = shape.amounts.flatMap((set) => [set.when, set.gross, set.fee, set.net]).flatMap((sum) => sum ?? []);
  const names = shape.references.flatMap(({ kinds: _, ...lists }) =>
    Object.values(lists).flatMap((list) => list ?? []),
  );
  const single = [settlementCurrency, exchangeRate, direction?.field, occurredAt.zoneField, batch?.within, balance];
  return new Set([
    ...shape.type.fields,
    ...('field' in currency ? [currency.field] : []),
    ...single.filter((field) => field !== undefined),
    ...terms.map(({ field }) => field),
    ...names,
    ...occurredAt.fields,
    ...(batch?.fields ?? []),
    ...shape.identity.flatMap((rule) => (rule === 'ROW' ? [] : rule)),
    ...expectationsOf(shape.trailer).flatMap(({ of, nonZero }) => [
      ...(of === 'COUNT' ? [] : [of.field]),
      ...(nonZero === undefined ? [] : [nonZero]),
    ]),
  ]);
}

function expectationsOf(found: LayoutShape['trailer']): Expectation[] {
  if (!found) return [];
  if (found.form === 'TABLE') return found.totals.flatMap(({ expected }) => expected);
  return found.totals.flatMap(({ groups }) => groups.flatMap(({ expected }) => expected));
}

const profileShape = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9-]*$/),
  /** Name of the payment provider whose payments the file settles. */
  provider: z.string(),
  title: z.string(),
  /** Tried in this order on the beginning of a file that has no byte order mark. */
  encodings: z.array(z.enum(['utf-8', 'gb18030'])).min(1),
  containers: z.array(z.enum(['PLAIN', 'ZIP', 'GZIP'])).min(1),
  /** Entries of a ZIP whose names hold one of these are no data. */
  skippedEntries: z.array(z.string()).default([]),
  /** Of several data files in a ZIP, the only one whose name holds one of these is meant. */
  preferredEntries: z.array(z.string()).default([]),
  delimiter: z.string().length(1).default(','),
  /** Stands before every cell, against spreadsheets that take long numbers for figures. */
  cellPrefix: z.string().length(1).optional(),
  commentPrefix: z.string().min(1).optional(),
  /** The usual one first. Behind another one exactly three digits are refused unless nothing but decimals can be meant. */
  decimalMarks: z.string().min(1).default('.'),
  /** What the provider writes between thousands; empty when it never parts them, and an amount that does is no amount. */
  groupMarks: z
    .string()
    .regex(/^[^\w+-]*$/)
    .default(''),
  /** Whether the file's amounts are in major units ("12.50") or in the provider's minor units ("1250"). */
  unit: z.enum(['MAJOR', 'MINOR']).default('MAJOR'),
  /** Decimals of the provider where they are not those of ISO 4217. */
  exponents: z.record(z.string(), z.number().int().min(0).max(4)).default({}),
  /** Abbreviated time zones: minutes east of Greenwich. */
  zoneOffsets: z.record(z.string(), z.number().int()).default({}),
  /** How far a line may be from our movement and still be the same; the rest is an exception. */
  matching: z
    .strictObject({
      amountToleranceMinor: z.number().int().min(0).default(0),
      feeToleranceMinor: z.number().int().min(0).default(0),
      dateWindowDays: z.number().int().min(0).max(366).default(3),
    })
    .prefault({}),
  layouts: z.array(layout).min(1),
});

/** A settlement file of a provider as data. A new provider is a new profile; code is for shapes that are new. */
export const settlementProfile = profileShape.superRefine(({ decimalMarks, groupMarks }, context) => {
  const both = [...groupMarks].filter((mark) => decimalMarks.includes(mark));
  if (both.length === 0) return;
  const message = `a mark stands for decimals or between thousands, never for both: ${JSON.stringify(both.join(''))}`;
  context.addIssue({ code: 'custom', path: ['groupMarks'], message });
});

/** A profile as it is written. */
export type SettlementProfileInput = z.input<typeof settlementProfile>;
export type SettlementProfile = z.output<typeof settlementProfile>;
export type Layout = z.output<typeof layout>;
export type AmountTerm = z.output<typeof term>;
export type AmountSet = z.output<typeof amounts>;
export type ReferenceSet = z.output<typeof references>;
export type Expectation = z.output<typeof expectation>;
