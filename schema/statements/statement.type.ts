import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { PARTNER_ENTRY_KINDS, type PartnerEntryKind } from '../../src/partner-accounts/index.ts';
import { globalId } from '../../src/shared/global-id.ts';
import { LINE_ORDERS, type LineProof, type StatementLineRow, type StatementRow } from '../../src/statements/index.ts';
import { build } from '../shared/build.ts';
import { connectionOf } from '../shared/connection.ts';
import { enumOf } from '../shared/enum.ts';
import { MoneyType, toMoney } from '../shared/money.type.ts';
import { Node } from '../shared/node.type.ts';

export const StatementLineKindEnum = enumOf(PARTNER_ENTRY_KINDS);
registerEnumType(StatementLineKindEnum, {
  name: 'StatementLineKind',
  description: 'What a line came from.',
  valuesConfig: {
    SALE: { description: 'A share of a sale.' },
    REFUND: { description: 'A share that went back with a refund.' },
    CHARGEBACK: { description: "A share that went back because the buyer's bank took the payment back." },
    CHARGEBACK_REVERSAL: { description: 'A share given again, since the bank gave the payment back.' },
    REALLOCATION: { description: 'The difference that another version or attribution makes to a share.' },
    ADVANCE: { description: 'Money paid ahead of sales.' },
    GUARANTEE: { description: 'What was missing to a guaranteed minimum.' },
    ADJUSTMENT: { description: 'What finance granted on a disputed line.' },
    PAYOUT: { description: 'Money sent to the partner.' },
    PAYOUT_RETURN: { description: 'Money that the bank sent back.' },
  },
});

export const LineOrderEnum = enumOf(LINE_ORDERS);
registerEnumType(LineOrderEnum, {
  name: 'StatementLineOrder',
  description: 'Which lines come first.',
  valuesConfig: {
    OLDEST_FIRST: { description: 'In the order in which they happened.' },
    NEWEST_FIRST: { description: 'The last one first.' },
  },
});

@ObjectType('StatementKindTotal', { description: 'What the lines of one kind come to.', simpleResolvers: true })
export class StatementKindTotalType {
  @Field(() => StatementLineKindEnum, { description: 'The kind.' })
  readonly kind: PartnerEntryKind;

  @Field(() => Int, { description: 'Number of lines.' })
  readonly count: number;

  @Field(() => MoneyType, { description: 'Their sum.' })
  readonly amount: MoneyType;
}

@ObjectType('Statement', { description: 'What a partner earned in one month and currency.' })
export class StatementType {
  /** Not part of the API. */
  readonly row: StatementRow;

  @Field(() => String, { description: 'Month, "2026-10".' })
  readonly period: string;

  @Field(() => String, { description: 'Currency, ISO 4217.' })
  readonly currency: string;

  @Field(() => Date, { nullable: true, description: 'When the month was closed; absent while it is open.' })
  readonly closedAt: Date | null;

  @Field(() => MoneyType, { description: 'The balance carried: what the platform owed when the month began.' })
  readonly opening: MoneyType;

  @Field(() => String, {
    nullable: true,
    description: 'The last closed month, whose closing balance is carried; absent when there was none.',
  })
  readonly carriedFrom: string | null;

  @Field(() => MoneyType, { description: 'Opening and all lines: what it owes when the month ends.' })
  readonly closing: MoneyType;

  @Field(() => MoneyType, {
    description:
      'How much of the closing balance was still on hold when the month was closed, or is now while it is open. ' +
      'What takes away counts at once.',
  })
  readonly pending: MoneyType;

  @Field(() => MoneyType, {
    description: 'Closing less pending: what could be paid out then. Negative when more went back than came.',
  })
  readonly available: MoneyType;

  @Field(() => [StatementKindTotalType], { description: 'Sums by kind. They sum to closing less opening.' })
  readonly totals: readonly StatementKindTotalType[];

  @Field(() => Int, { description: 'Number of lines.' })
  readonly lineCount: number;

  @Field(() => String, {
    nullable: true,
    description:
      'Root of the Merkle tree (RFC 6962, SHA-256) over header and lines, hexadecimal. The header holds the root of ' +
      'the month before. Absent while the month is open, and for months that were closed before there were roots.',
  })
  readonly merkleRoot: string | null;
}

@ObjectType('StatementLineProof', {
  description: 'Shows that a line is on the statement with a root. `cli verify-proof` checks it without a database.',
  simpleResolvers: true,
})
export class StatementLineProofType {
  @Field(() => String, { description: 'The line as it was hashed: JSON without spaces, names in order.' })
  readonly leaf: string;

  @Field(() => String, { description: 'SHA-256 of a zero byte and the leaf, hexadecimal.' })
  readonly hash: string;

  @Field(() => Int, { description: 'Place among the leaves: 0 is the header, 1 the first line.' })
  readonly index: number;

  @Field(() => Int, { description: 'Number of leaves.' })
  readonly size: number;

  @Field(() => [String], { description: 'Hashes of the neighbours on the way from the leaf to the root.' })
  readonly path: readonly string[];

  @Field(() => String, { description: 'The root that the way leads to.' })
  readonly root: string;
}

@ObjectType('StatementLine', { implements: Node, description: "One change of a partner's balance, and why." })
export class StatementLineType extends Node {
  @Field(() => String, { description: 'Identifier of the posting behind it. The same before and after the closing.' })
  readonly postingId: string;

  @Field(() => StatementLineKindEnum, { description: 'What it came from.' })
  readonly kind: PartnerEntryKind;

  @Field(() => MoneyType, { description: 'How much; negative when the partner gives back or was paid.' })
  readonly amount: MoneyType;

  @Field(() => Date, { description: 'When it happened.' })
  readonly effectiveAt: Date;

  @Field(() => Date, { description: 'From when on it may be paid out.' })
  readonly availableAt: Date;

  @Field(() => String, {
    nullable: true,
    description: 'The month in which it happened, when that was closed already and the line came late.',
  })
  readonly latePeriod: string | null;

  @Field(() => String, { description: 'How it came about, in one sentence.' })
  readonly explanation: string;
}

export const StatementConnection = connectionOf('Statement', () => StatementType);
export const StatementLineConnection = connectionOf('StatementLine', () => StatementLineType);

export function toStatement(row: StatementRow): StatementType {
  const { period, currency, closedAt, carriedFrom, openingMinor, closingMinor, pendingMinor } = row;
  return build(StatementType, {
    row,
    period,
    currency,
    closedAt,
    opening: toMoney(openingMinor, currency),
    carriedFrom,
    closing: toMoney(closingMinor, currency),
    pending: toMoney(pendingMinor, currency),
    available: toMoney(closingMinor - pendingMinor, currency),
    totals: row.totals.map(({ kind, count, amountMinor }) =>
      build(StatementKindTotalType, { kind, count, amount: toMoney(BigInt(amountMinor), currency) }),
    ),
    lineCount: row.lineCount,
    merkleRoot: row.merkleRoot,
  });
}

export function toStatementLine(row: StatementLineRow, currency: string): StatementLineType {
  const { id, kind, amountMinor, effectiveAt, availableAt, latePeriod, explanation } = row;
  const amount = toMoney(amountMinor, currency);
  const names = { id: globalId('StatementLine', id), localId: id, postingId: id };
  return build(StatementLineType, { ...names, kind, amount, effectiveAt, availableAt, latePeriod, explanation });
}

export function toLineProof({ leaf, hash, index, size, path, root }: LineProof): StatementLineProofType {
  return build(StatementLineProofType, { leaf, hash, index, size, path, root });
}
