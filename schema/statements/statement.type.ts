import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { STATEMENT_LINE_KINDS, type StatementLineRow, type StatementRow } from '../../src/statements/index.ts';
import { build } from '../shared/build.ts';
import { connectionOf } from '../shared/connection.ts';
import { enumOf } from '../shared/enum.ts';
import { MoneyType, toMoney } from '../shared/money.type.ts';

export const StatementLineKindEnum = enumOf(STATEMENT_LINE_KINDS);
registerEnumType(StatementLineKindEnum, { name: 'StatementLineKind', description: 'What a line came from.' });

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

  @Field(() => MoneyType, { description: 'What the platform owed when the month began.' })
  readonly opening: MoneyType;

  @Field(() => MoneyType, { description: 'Opening and all lines: what it owes when the month ends.' })
  readonly closing: MoneyType;
}

@ObjectType('StatementLine', { description: 'One earning, or one that went back.' })
export class StatementLineType {
  /** Not part of the API. */
  readonly shareId: string;

  @Field(() => String, { description: 'Identifier of the posting behind it. The same before and after the closing.' })
  readonly postingId: string;

  @Field(() => StatementLineKindEnum, { description: 'What it came from.' })
  readonly kind: (typeof STATEMENT_LINE_KINDS)[number];

  @Field(() => MoneyType, { description: 'How much; negative when the partner gives back.' })
  readonly amount: MoneyType;

  @Field(() => Date, { description: 'When the sale or refund happened.' })
  readonly effectiveAt: Date;

  @Field(() => String, {
    nullable: true,
    description: 'The month in which it happened, when that was closed already and the line came late.',
  })
  readonly latePeriod: string | null;
}

export const StatementConnection = connectionOf('Statement', () => StatementType);
export const StatementLineConnection = connectionOf('StatementLine', () => StatementLineType);

export function toStatement(row: StatementRow): StatementType {
  const { period, currency, closedAt, openingMinor, closingMinor } = row;
  const [opening, closing] = [toMoney(openingMinor, currency), toMoney(closingMinor, currency)];
  return build(StatementType, { row, period, currency, closedAt, opening, closing });
}

export function toStatementLine(row: StatementLineRow, currency: string): StatementLineType {
  const { id, shareId, kind, amountMinor, effectiveAt, latePeriod } = row;
  const amount = toMoney(amountMinor, currency);
  return build(StatementLineType, { postingId: id, shareId, kind, amount, effectiveAt, latePeriod });
}
