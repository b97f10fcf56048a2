import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import {
  ACCOUNT_KINDS,
  type AccountKind,
  type AccountRow,
  LEDGER_FAULTS,
  type LedgerFaultKind,
  type LedgerVerification,
} from '../../src/ledger/index.ts';
import { build } from '../shared/build.ts';
import { connectionOf } from '../shared/connection.ts';
import { enumOf } from '../shared/enum.ts';

export const AccountKindEnum = enumOf(ACCOUNT_KINDS);
registerEnumType(AccountKindEnum, { name: 'AccountKind', description: 'Which side of the books an account is on.' });

export const LedgerFaultKindEnum = enumOf(LEDGER_FAULTS);
registerEnumType(LedgerFaultKindEnum, {
  name: 'LedgerFaultKind',
  description: 'In which way the books are not what was posted.',
});

@ObjectType('LedgerAccount', { description: 'A place where money of one currency is counted.' })
export class LedgerAccountType {
  /** Not part of the API. */
  readonly localId: string;

  @Field(() => String, { description: 'Whose and what: "partner:<id>:payable", "provider:sandbox:clearing".' })
  readonly code: string;

  @Field(() => String, { description: 'Currency, ISO 4217.' })
  readonly currency: string;

  @Field(() => AccountKindEnum, { description: 'Which side of the books it is on.' })
  readonly kind: AccountKind;
}

export const LedgerAccountConnection = connectionOf('LedgerAccount', () => LedgerAccountType);

@ObjectType('LedgerFault', { description: 'The first thing that is not as it was posted.', simpleResolvers: true })
export class LedgerFaultType {
  @Field(() => LedgerFaultKindEnum, { description: 'In which way.' })
  readonly kind: LedgerFaultKind;

  @Field(() => String, { nullable: true, description: 'The transaction; absent when it cannot be told.' })
  readonly transactionId: string | null;

  @Field(() => Int, { nullable: true, description: 'Place in the chain; absent for a transaction without a link.' })
  readonly sequence: number | null;

  @Field(() => String, { description: 'What is there, and what should be.' })
  readonly detail: string;
}

@ObjectType('LedgerVerification', {
  description: 'What recomputing the books from their rows found. Counts go up to the end, or to the first fault.',
  simpleResolvers: true,
})
export class LedgerVerificationType {
  @Field(() => Boolean, { description: 'Whether everything is as it was posted.' })
  readonly isIntact: boolean;

  @Field(() => LedgerFaultType, { nullable: true, description: 'The first fault; absent when there is none.' })
  readonly fault: LedgerFaultType | null;

  @Field(() => Int, { description: 'Transactions that balance and are what their content hash says.' })
  readonly transactions: number;

  @Field(() => Int, { description: 'Postings of these.' })
  readonly postings: number;

  @Field(() => Int, { description: 'Links of the hash chain that follow from one another.' })
  readonly links: number;

  @Field(() => Int, { description: 'Transactions that wait for their link.' })
  readonly unsealed: number;

  @Field(() => String, {
    description: 'Hash of the last link. Noted elsewhere, it proves that nothing before changed.',
  })
  readonly headHash: string;
}

export function toLedgerAccount({ id, code, currency, kind }: AccountRow): LedgerAccountType {
  return build(LedgerAccountType, { localId: id, code, currency, kind });
}

export function toLedgerVerification({ fault, ...counts }: LedgerVerification): LedgerVerificationType {
  const { transactions, postings, links, unsealed, headHash } = counts;
  const named = fault && { ...fault, sequence: fault.sequence === null ? null : Number(fault.sequence) };
  return build(LedgerVerificationType, {
    isIntact: fault === null,
    fault: named && build(LedgerFaultType, named),
    transactions,
    postings,
    links,
    unsealed,
    headHash,
  });
}
