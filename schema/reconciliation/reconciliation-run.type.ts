import { Field, Int, ObjectType } from 'type-graphql';
import type {
  LineKind,
  LineRow,
  LineState,
  ReportRow,
  ReportSum,
  RunRow,
  RunState,
} from '../../src/reconciliation/index.ts';
import { globalId } from '../../src/shared/global-id.ts';
import { build } from '../shared/build.ts';
import { connectionOf } from '../shared/connection.ts';
import { MoneyType, toMoney } from '../shared/money.type.ts';
import { Node } from '../shared/node.type.ts';
import {
  ReconciliationExceptionClassEnum,
  ReconciliationRunStateEnum,
  SettlementLineKindEnum,
  SettlementLineStateEnum,
} from './reconciliation.enums.ts';

@ObjectType('ReconciliationSum', { description: 'How many, and what they come to.', simpleResolvers: true })
export class ReconciliationSumType {
  @Field(() => Int, { description: 'How many.' })
  readonly count: number;

  @Field(() => MoneyType, {
    description: 'Sum of the gross amounts, signed as our balance with the provider sees them.',
  })
  readonly gross: MoneyType;
}

@ObjectType('ReconciliationTotals', {
  description:
    'One currency and kind of a run. File: lines = matched + unmatched + repeated + other. Ours: movements = ' +
    'movementsMatched + movementsMissing.',
  simpleResolvers: true,
})
export class ReconciliationTotalsType {
  @Field(() => String, { description: 'Currency, ISO 4217.' })
  readonly currency: string;

  @Field(() => SettlementLineKindEnum, { description: 'What the lines are about.' })
  readonly kind: LineKind;

  @Field(() => ReconciliationSumType, { description: 'All lines of the file.' })
  readonly lines: ReconciliationSumType;

  @Field(() => ReconciliationSumType, { description: 'Lines that are movements of ours.' })
  readonly matched: ReconciliationSumType;

  @Field(() => ReconciliationSumType, { description: 'Lines that should be movements of ours, and are none.' })
  readonly unmatched: ReconciliationSumType;

  @Field(() => ReconciliationSumType, { description: 'Lines that stand elsewhere already.' })
  readonly repeated: ReconciliationSumType;

  @Field(() => ReconciliationSumType, { description: 'Lines that are no movements: fees, payouts and the like.' })
  readonly other: ReconciliationSumType;

  @Field(() => ReconciliationSumType, {
    description: "Our movements in the file's period, and those that it matched from outside of it.",
  })
  readonly movements: ReconciliationSumType;

  @Field(() => ReconciliationSumType, { description: 'Those of them that a line has, of this file or an earlier one.' })
  readonly movementsMatched: ReconciliationSumType;

  @Field(() => ReconciliationSumType, { description: 'Those of them that no line has.' })
  readonly movementsMissing: ReconciliationSumType;
}

@ObjectType('ReconciliationExceptionCount', { description: 'Exceptions of one class.', simpleResolvers: true })
export class ReconciliationExceptionCountType {
  @Field(() => ReconciliationExceptionClassEnum, { description: 'The class.' })
  readonly class: string;

  @Field(() => Int, { description: 'How many were raised.' })
  readonly count: number;
}

@ObjectType('ReconciliationReport', { description: 'What a run came to when it ended.', simpleResolvers: true })
export class ReconciliationReportType {
  @Field(() => String, { description: 'Which layout of the profile the file has.' })
  readonly layout: string;

  @Field(() => String, { description: 'How its characters are written.' })
  readonly encoding: string;

  @Field(() => Int, { description: 'Lines of data that were read.' })
  readonly lines: number;

  @Field(() => Int, { description: 'Lines that could not be read: each is an exception.' })
  readonly unreadableLines: number;

  @Field(() => [ReconciliationTotalsType], { description: 'By currency and kind.' })
  readonly totals: readonly ReconciliationTotalsType[];

  @Field(() => [ReconciliationExceptionCountType], { description: 'Exceptions by class, those that there are.' })
  readonly exceptionCounts: readonly ReconciliationExceptionCountType[];
}

@ObjectType('ReconciliationRun', {
  implements: Node,
  description: 'One settlement file and what matching it with our payments brought.',
  simpleResolvers: true,
})
export class ReconciliationRunType extends Node {
  @Field(() => String, { description: 'How the file is written: "stripe", "adyen", "wechat", "alipay".' })
  readonly profile: string;

  @Field(() => String, { description: 'Whose payments it is matched with.' })
  readonly provider: string;

  @Field(() => String, { description: 'Name of the file.' })
  readonly fileName: string;

  @Field(() => String, { description: 'SHA-256 of its bytes, hexadecimal. The same bytes are the same run.' })
  readonly sha256: string;

  @Field(() => ReconciliationRunStateEnum, { description: 'Where it stands.' })
  readonly state: RunState;

  @Field(() => String, { nullable: true, description: 'Why the file cannot be read; absent unless FAILED.' })
  readonly failure: string | null;

  @Field(() => String, { description: 'Who brought it: "user:..." or "system:...".' })
  readonly uploadedBy: string;

  @Field(() => Date, { description: 'When.' })
  readonly uploadedAt: Date;

  @Field(() => Date, { nullable: true, description: 'When it was over.' })
  readonly finishedAt: Date | null;

  @Field(() => Date, { nullable: true, description: 'First instant of its lines that move money.' })
  readonly firstAt: Date | null;

  @Field(() => Date, { nullable: true, description: 'Last instant of them.' })
  readonly lastAt: Date | null;

  @Field(() => Date, {
    nullable: true,
    description: 'Begin of the time that it is about, as who brought it said; that of its lines when absent.',
  })
  readonly periodFrom: Date | null;

  @Field(() => Date, { nullable: true, description: 'End of that time, which is no part of it.' })
  readonly periodUntil: Date | null;

  @Field(() => ReconciliationReportType, { nullable: true, description: 'What it came to; absent unless MATCHED.' })
  readonly report: ReconciliationReportType | null;
}

export const ReconciliationRunConnection = connectionOf('ReconciliationRun', () => ReconciliationRunType);

@ObjectType('SettledLine', { description: 'A line of a settlement file.', simpleResolvers: true })
export class SettledLineType {
  @Field(() => Int, { description: 'Line of the file, from 1.' })
  readonly lineNumber: number;

  @Field(() => SettlementLineKindEnum, { description: 'What it is about.' })
  readonly kind: LineKind;

  @Field(() => String, { description: 'The same in the words of the provider.' })
  readonly providerType: string;

  @Field(() => String, { nullable: true, description: "The provider's name of it." })
  readonly providerReference: string | null;

  @Field(() => String, { nullable: true, description: 'Our name of it, as the provider was given it.' })
  readonly merchantReference: string | null;

  @Field(() => MoneyType, { description: 'Gross amount, signed as our balance with the provider sees it.' })
  readonly gross: MoneyType;

  @Field(() => MoneyType, { description: 'What the provider keeps.' })
  readonly fee: MoneyType;

  @Field(() => MoneyType, { description: 'Gross less fee.' })
  readonly net: MoneyType;

  @Field(() => Date, { nullable: true, description: 'When, as the file says.' })
  readonly occurredAt: Date | null;

  @Field(() => String, { nullable: true, description: "The provider's name of the payout that settles it." })
  readonly batch: string | null;

  @Field(() => SettlementLineStateEnum, { description: 'What became of it.' })
  readonly state: LineState;
}

export const SettledLineConnection = connectionOf('SettledLine', () => SettledLineType);

export function toReconciliationRun({ id, report, sizeBytes: _, ...facts }: RunRow): ReconciliationRunType {
  return build(ReconciliationRunType, {
    id: globalId('ReconciliationRun', id),
    localId: id,
    ...facts,
    report: report && {
      layout: report.layout,
      encoding: report.encoding,
      lines: report.lines,
      unreadableLines: report.unreadableLines,
      totals: report.rows.map(toTotals),
      exceptionCounts: Object.entries(report.exceptionCounts).map(([name, count]) => ({ class: name, count })),
    },
  });
}

function toTotals({ currency, kind, ...sums }: ReportRow): ReconciliationTotalsType {
  const of = ({ count, grossMinor }: ReportSum) => ({ count, gross: toMoney(BigInt(grossMinor), currency) });
  return build(ReconciliationTotalsType, {
    currency,
    kind: kind as LineKind,
    lines: of(sums.lines),
    matched: of(sums.matched),
    unmatched: of(sums.unmatched),
    repeated: of(sums.repeated),
    other: of(sums.other),
    movements: of(sums.movements),
    movementsMatched: of(sums.movementsMatched),
    movementsMissing: of(sums.movementsMissing),
  });
}

export function toSettledLine(row: LineRow): SettledLineType {
  const { grossMinor, feeMinor, netMinor, currency, settlementCurrency, runId: _, ...facts } = row;
  const settled = settlementCurrency ?? currency;
  return build(SettledLineType, {
    ...facts,
    gross: toMoney(grossMinor, currency),
    fee: toMoney(feeMinor, settled),
    net: toMoney(netMinor, settled),
  });
}
