import { ArgsType, Field, ObjectType, registerEnumType } from 'type-graphql';
import {
  ACCOUNT_KINDS,
  type AccountKind,
  type AccountRow,
  HOLD_STATES,
  type HoldRow,
  type HoldState,
  type LedgerPostingRow,
  OVERDRAFTS,
  type Overdraft,
} from '../../src/ledger/index.ts';
import { globalId } from '../../src/shared/global-id.ts';
import { build } from '../shared/build.ts';
import { connectionOf } from '../shared/connection.ts';
import { enumOf } from '../shared/enum.ts';
import { MoneyType, toMoney } from '../shared/money.type.ts';
import { Node } from '../shared/node.type.ts';

export const AccountKindEnum = enumOf(ACCOUNT_KINDS);
registerEnumType(AccountKindEnum, { name: 'AccountKind', description: 'Which side of the books an account is on.' });

export const OverdraftEnum = enumOf(OVERDRAFTS);
registerEnumType(OverdraftEnum, {
  name: 'Overdraft',
  description: 'Whether postings may take what is available on an account below zero.',
});

export const HoldStateEnum = enumOf(HOLD_STATES);
registerEnumType(HoldStateEnum, { name: 'HoldState', description: 'What became of money that was set aside.' });

@ObjectType('LedgerAccount', { implements: Node, description: 'A place where money of one currency is counted.' })
export class LedgerAccountType extends Node {
  @Field(() => String, { description: 'Whose and what: "partner:<id>:payable", "provider:sandbox:clearing".' })
  readonly code: string;

  @Field(() => String, { description: 'Currency, ISO 4217.' })
  readonly currency: string;

  @Field(() => AccountKindEnum, { description: 'Which side of the books it is on.' })
  readonly kind: AccountKind;

  @Field(() => OverdraftEnum, { description: 'Whether it may be overdrawn. As it was opened.' })
  readonly overdraft: Overdraft;
}

export const LedgerAccountConnection = connectionOf('LedgerAccount', () => LedgerAccountType);

@ObjectType('LedgerPosting', { description: "One account's part of a ledger transaction.", simpleResolvers: true })
export class LedgerPostingType {
  @Field(() => String, { description: 'Identifier of the posting, as statements name it.' })
  readonly postingId: string;

  @Field(() => String, { description: 'Identifier of the transaction.' })
  readonly transactionId: string;

  @Field(() => String, { description: 'What happened: "SALE".' })
  readonly kind: string;

  @Field(() => MoneyType, { description: 'How much: debit positive, credit negative.' })
  readonly amount: MoneyType;

  @Field(() => String, { description: 'What outside the books the amount is, as its owner names it.' })
  readonly reference: string;

  @Field(() => String, { description: 'What outside the books the transaction records, as its owner names it.' })
  readonly transactionReference: string;

  @Field(() => Date, { description: 'When it counts.' })
  readonly effectiveAt: Date;

  @Field(() => Date, { description: 'When we learnt of it.' })
  readonly recordedAt: Date;
}

export const LedgerPostingConnection = connectionOf('LedgerPosting', () => LedgerPostingType);

@ObjectType('LedgerHold', {
  description: 'Money of an account that is set aside: still there, and no longer available.',
  simpleResolvers: true,
})
export class LedgerHoldType {
  @Field(() => String, { description: 'Identifier of the hold.' })
  readonly holdId: string;

  @Field(() => MoneyType, { description: "How much, on the account's normal side." })
  readonly amount: MoneyType;

  @Field(() => HoldStateEnum, { description: 'What became of it.' })
  readonly state: HoldState;

  @Field(() => String, { description: 'What outside the books it is for, as its owner names it.' })
  readonly reference: string;

  @Field(() => Date, { description: 'Since when.' })
  readonly createdAt: Date;

  @Field(() => Date, { nullable: true, description: 'From when on it is given back by itself; absent: never.' })
  readonly expiresAt: Date | null;
}

export const LedgerHoldConnection = connectionOf('LedgerHold', () => LedgerHoldType);

@ArgsType()
export class BalanceArgs {
  @Field(() => Date, { nullable: true, description: 'Count what counts from then or before. Not with "recordedAt".' })
  readonly effectiveAt?: Date | null;

  @Field(() => Date, { nullable: true, description: 'Count what was known then. Not with "effectiveAt".' })
  readonly recordedAt?: Date | null;
}

export function toLedgerAccount({ id, code, currency, kind, overdraft }: AccountRow): LedgerAccountType {
  return build(LedgerAccountType, { id: globalId('LedgerAccount', id), localId: id, code, currency, kind, overdraft });
}

export function toLedgerPosting(row: LedgerPostingRow): LedgerPostingType {
  const { id, transactionId, kind, reference, transactionReference, effectiveAt, recordedAt } = row;
  const amount = toMoney(row.amountMinor, row.currency);
  const said = { kind, amount, reference, transactionReference, effectiveAt, recordedAt };
  return build(LedgerPostingType, { postingId: id, transactionId, ...said });
}

export function toLedgerHold({ id, amountMinor, currency, ...row }: HoldRow): LedgerHoldType {
  const { state, reference, createdAt, expiresAt } = row;
  const amount = toMoney(amountMinor, currency);
  return build(LedgerHoldType, { holdId: id, amount, state, reference, createdAt, expiresAt });
}
